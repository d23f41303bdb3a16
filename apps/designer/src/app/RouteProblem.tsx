import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { Problem } from '../ui/Problem.js';
import { Empty } from '../ui/Empty.js';
import { Page } from '../ui/Page.js';

/** An address that leads nowhere, or a page that broke. */
export function RouteProblem() {
  const { t } = useTranslation();
  const error = useRouteError();
  if (error !== undefined && error !== null) {
    return (
      <Page title={t('This page broke')}>
        <Problem error={error} title={t('Something on this page failed')} onRetry={() => window.location.reload()} />
      </Page>
    );
  }
  return (
    <Page title={t('Nothing here')}>
      <Empty
        icon={IconMapOff}
        title={t('There is no page at this address')}
        action={
          <Button component={Link} to="/scenarios">
            {t('Back to the scenarios')}
          </Button>
        }
      />
    </Page>
  );
}
