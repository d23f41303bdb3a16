import { Badge } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { queryOptions } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getAll } from '../api/queries.js';
import { ROLES, type User } from '../api/types.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { Ago } from '../ui/Ago.js';

const users = queryOptions({ queryKey: ['users'], queryFn: ({ signal }) => getAll<User>('/users', signal) });

export function UsersPage() {
  const { t } = useTranslation();
  return (
    <ResourcePage<User>
      title={t('Users')}
      intro={t('Viewers read; editors draw; operators run numbers, phones and calls; administrators do the rest.')}
      add={t('Add a user')}
      addIt={t('Add the user')}
      path="/users"
      query={users}
      role="admin"
      nameOf={({ email }) => email}
      mayDelete={false}
      toValues={({ role, disabled }) => ({ role, disabled })}
      toBody={toBody}
      columns={[
        { title: t('Email'), cell: ({ email }) => <b>{email}</b> },
        { title: t('Name'), cell: ({ name }) => name ?? '—' },
        {
          title: t('Role'),
          cell: ({ role, disabled }) => (
            <Badge variant="light" color={disabled ? 'red' : 'gray'} tt="none">
              {disabled ? t('disabled') : role}
            </Badge>
          ),
        },
        { title: t('Since'), cell: ({ createdAt }) => <Ago at={createdAt} /> },
      ]}
      fields={[
        { name: 'email', label: t('Email'), kind: 'text', required: true, onlyNew: true },
        { name: 'name', label: t('Name'), kind: 'text', onlyNew: true },
        { name: 'role', label: t('Role'), kind: 'choice', options: ROLES, initial: 'editor' },
        {
          name: 'password',
          label: t('Password'),
          description: t('At least 10 characters.'),
          kind: 'password',
        },
        { name: 'disabled', label: t('Disabled: cannot log in'), kind: 'switch' },
      ]}
      empty={{
        icon: IconUsers,
        title: t('Only you'),
        children: t('Invite the people who draw and run calls with you.'),
      }}
    />
  );
}

const toBody = ({ disabled, ...values }: Values, isNew: boolean) => ({
  ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
  ...(isNew ? {} : { disabled }),
});
