import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ApiError, post } from '../api/client.js';
import type { Person } from '../api/types.js';
import { queryClient } from '../app/queryClient.js';
import { Problem } from '../ui/Problem.js';
import { Door } from './Door.js';

/** The first administrator. The one-time token is in the fragment of the address, which no server and no log ever sees. */
export function SetupPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [token] = useState(() => window.location.hash.slice(1));
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { password: (value) => (value.length < 10 ? t('At least 10 characters.') : null) },
  });
  const setup = useMutation({
    mutationFn: (values: { email: string; password: string }) =>
      post<{ user: Person }>('/auth/setup', { token, ...values }),
    onSuccess: async ({ user }) => {
      queryClient.setQueryData(['me'], user);
      await navigate('/welcome', { replace: true });
    },
    onError: (error) => {
      if (error instanceof ApiError) form.setErrors(error.fields);
    },
  });
  return (
    <Door
      title={t('Make the first administrator')}
      intro={t('This link works once. Afterwards you log in with the email and the password that you choose here.')}
    >
      {token === '' ? (
        <Alert color="yellow" title={t('This address is not complete')}>
          <Trans
            i18nKey="Open the whole set-up link that the server printed when it started: it ends with <code>#</code> and a token."
            components={{ code: <code /> }}
          />{' '}
          <Anchor underline="always" component={Link} to="/login" inherit>
            {t('Log in instead')}
          </Anchor>
        </Alert>
      ) : (
        <form onSubmit={form.onSubmit((values) => setup.mutate(values))}>
          <Stack>
            {setup.error && <Problem error={setup.error} title={t('The administrator was not made')} />}
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
              description={t('At least 10 characters.')}
              autoComplete="new-password"
              required
              size="md"
              {...form.getInputProps('password')}
            />
            <Button type="submit" size="md" loading={setup.isPending}>
              {t('Create the administrator')}
            </Button>
          </Stack>
        </form>
      )}
    </Door>
  );
}
