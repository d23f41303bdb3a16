import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { post } from '../api/client.js';
import { useMe } from '../api/queries.js';
import type { Person } from '../api/types.js';
import { queryClient } from '../app/queryClient.js';
import { Problem } from '../ui/Problem.js';
import { Door } from './Door.js';

export function LoginPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const from = (useLocation().state as { from?: string } | null)?.from ?? '/scenarios';
  const me = useMe();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const login = useMutation({
    mutationFn: (values: { email: string; password: string }) => post<{ user: Person }>('/auth/login', values),
    onSuccess: async ({ user }) => {
      queryClient.setQueryData(['me'], user);
      await navigate(from, { replace: true });
    },
  });
  if (me.data && !login.isPending) return <Navigate to={from} replace />;
  return (
    <Door
      title={t('Log in')}
      intro={t('Welcome back. The scenarios, the calls and everything that was said are behind this door.')}
    >
      <form onSubmit={form.onSubmit((values) => login.mutate(values))}>
        <Stack>
          {login.error && <Problem error={login.error} title={t('You are not logged in')} />}
          <TextInput
            label={t('Email')}
            type="email"
            autoComplete="username"
            required
            size="md"
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('Password')}
            autoComplete="current-password"
            required
            size="md"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={login.isPending}>
            {t('Log in')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
