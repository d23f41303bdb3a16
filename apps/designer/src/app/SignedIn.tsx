import { Center, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { NetworkError } from '../api/client.js';
import { useMe } from '../api/queries.js';
import { Problem } from '../ui/Problem.js';

/** Lets a signed-in person through; everybody else is led to the log-in and back again. */
export function SignedIn() {
  const { t } = useTranslation();
  const me = useMe();
  const location = useLocation();
  if (me.isPending) {
    return (
      <Center h="100%">
        <Loader aria-label={t('Loading')} />
      </Center>
    );
  }
  if (me.error instanceof NetworkError && !me.data) {
    return (
      <Center h="100%" p="lg">
        <Problem error={me.error} title={t('No connection')} onRetry={() => void me.refetch()} />
      </Center>
    );
  }
  if (!me.data) return <Navigate to="/login" replace state={{ from: `${location.pathname}${location.search}` }} />;
  return <Outlet />;
}
