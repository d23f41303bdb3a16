import { Badge } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { queryOptions } from '@tanstack/react-query';
import { getAll } from '../api/queries.js';
import { ROLES, type User } from '../api/types.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { Ago } from '../ui/Ago.js';

const users = queryOptions({ queryKey: ['users'], queryFn: ({ signal }) => getAll<User>('/users', signal) });

export function UsersPage() {
  return (
    <ResourcePage<User>
      title="Users"
      intro="Viewers read; editors draw; operators run numbers, phones and calls; administrators do the rest."
      thing="user"
      path="/users"
      query={users}
      role="admin"
      nameOf={({ email }) => email}
      mayDelete={false}
      toValues={({ role, disabled }) => ({ role, disabled })}
      toBody={toBody}
      columns={[
        { title: 'Email', cell: ({ email }) => <b>{email}</b> },
        { title: 'Name', cell: ({ name }) => name ?? '—' },
        {
          title: 'Role',
          cell: ({ role, disabled }) => (
            <Badge variant="light" color={disabled ? 'red' : 'gray'} tt="none">
              {disabled ? 'disabled' : role}
            </Badge>
          ),
        },
        { title: 'Since', cell: ({ createdAt }) => <Ago at={createdAt} /> },
      ]}
      fields={[
        { name: 'email', label: 'Email', kind: 'text', required: true, onlyNew: true },
        { name: 'name', label: 'Name', kind: 'text', onlyNew: true },
        { name: 'role', label: 'Role', kind: 'choice', options: ROLES, initial: 'editor' },
        {
          name: 'password',
          label: 'Password',
          description: 'At least 10 characters.',
          kind: 'password',
        },
        { name: 'disabled', label: 'Disabled: cannot log in', kind: 'switch' },
      ]}
      empty={{ icon: IconUsers, title: 'Only you', children: 'Invite the people who draw and run calls with you.' }}
    />
  );
}

const toBody = ({ disabled, ...values }: Values, isNew: boolean) => ({
  ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
  ...(isNew ? {} : { disabled }),
});
