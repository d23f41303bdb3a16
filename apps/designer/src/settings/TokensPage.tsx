import { Badge } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { queryOptions } from '@tanstack/react-query';
import { getAll } from '../api/queries.js';
import { ROLES, type Token } from '../api/types.js';
import { formatDateTime } from '../app/format.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { ShownOnce } from '../resources/ShownOnce.js';
import { Ago } from '../ui/Ago.js';

const tokens = queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => getAll<Token>('/tokens', signal) });

export function TokensPage() {
  return (
    <ResourcePage<Token>
      title="API tokens"
      intro="For programs that use the API. Each has a role of its own, and can be taken away without disturbing anybody else."
      thing="token"
      path="/tokens"
      query={tokens}
      role="admin"
      nameOf={({ name }) => name}
      mayChange={false}
      toBody={({ name, role, expiresAt }: Values) => ({
        name,
        role,
        ...(expiresAt ? { expiresAt: new Date(String(expiresAt)).toISOString() } : {}),
      })}
      columns={[
        { title: 'Name', cell: ({ name }) => <b>{name}</b> },
        {
          title: 'Role',
          cell: ({ role }) => (
            <Badge variant="light" color="gray" tt="none">
              {role}
            </Badge>
          ),
        },
        { title: 'Expires', cell: ({ expiresAt }) => (expiresAt ? formatDateTime(expiresAt) : 'never') },
        { title: 'Made', cell: ({ createdAt }) => <Ago at={createdAt} /> },
      ]}
      fields={[
        { name: 'name', label: 'Name', kind: 'text', required: true, placeholder: 'nightly deployment' },
        {
          name: 'role',
          label: 'Role',
          description: 'Each role may do what those before it may.',
          kind: 'choice',
          options: ROLES,
          initial: 'viewer',
        },
        {
          name: 'expiresAt',
          label: 'Expires on',
          description: 'A date such as 2027-01-31; empty: never.',
          kind: 'text',
          placeholder: '2027-01-31',
          validate: checkDate,
        },
      ]}
      created={({ token }, close) =>
        token && (
          <ShownOnce
            title="The new token"
            text="Send it as “Authorization: Bearer …”. It is not shown again."
            value={token}
            label="token"
            onClose={close}
          />
        )
      }
      deleteText="Programs that use it are refused from then on."
      empty={{
        icon: IconKey,
        title: 'No tokens',
        children: 'Make one for a script that deploys scenarios or starts calls.',
      }}
    />
  );
}

const checkDate = (value: unknown): string | null =>
  value === '' || !Number.isNaN(Date.parse(String(value))) ? null : 'This is not a date.';
