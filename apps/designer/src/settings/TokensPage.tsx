import { Badge } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { queryOptions } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getAll } from '../api/queries.js';
import { ROLES, type Token } from '../api/types.js';
import { formatDateTime } from '../app/format.js';
import { t } from '../i18n/i18n.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { ShownOnce } from '../resources/ShownOnce.js';
import { Ago } from '../ui/Ago.js';

const tokens = queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => getAll<Token>('/tokens', signal) });

export function TokensPage() {
  const { t } = useTranslation();
  return (
    <ResourcePage<Token>
      title={t('API tokens')}
      intro={t(
        'For programs that use the API. Each has a role of its own, and can be taken away without disturbing anybody else.',
      )}
      add={t('Add a token')}
      addIt={t('Add the token')}
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
        { title: t('Name'), cell: ({ name }) => <b>{name}</b> },
        {
          title: t('Role'),
          cell: ({ role }) => (
            <Badge variant="light" color="gray" tt="none">
              {role}
            </Badge>
          ),
        },
        { title: t('Expires'), cell: ({ expiresAt }) => (expiresAt ? formatDateTime(expiresAt) : t('never')) },
        { title: t('Made'), cell: ({ createdAt }) => <Ago at={createdAt} /> },
      ]}
      fields={[
        { name: 'name', label: t('Name'), kind: 'text', required: true, placeholder: 'nightly deployment' },
        {
          name: 'role',
          label: t('Role'),
          description: t('Each role may do what those before it may.'),
          kind: 'choice',
          options: ROLES,
          initial: 'viewer',
        },
        {
          name: 'expiresAt',
          label: t('Expires on'),
          description: t('A date such as 2027-01-31; empty: never.'),
          kind: 'text',
          placeholder: '2027-01-31',
          validate: checkDate,
        },
      ]}
      created={({ token }, close) =>
        token && (
          <ShownOnce
            title={t('The new token')}
            text={t('Send it as “Authorization: Bearer …”. It is not shown again.')}
            value={token}
            label={t('token')}
            onClose={close}
          />
        )
      }
      deleteText={t('Programs that use it are refused from then on.')}
      empty={{
        icon: IconKey,
        title: t('No tokens'),
        children: t('Make one for a script that deploys scenarios or starts calls.'),
      }}
    />
  );
}

const checkDate = (value: unknown): string | null =>
  value === '' || !Number.isNaN(Date.parse(String(value))) ? null : t('This is not a date.');
