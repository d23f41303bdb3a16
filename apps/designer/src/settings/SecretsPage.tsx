import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import type { Secret } from '../api/types.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { Ago } from '../ui/Ago.js';
import { UsedBy } from '../uses/UsedBy.js';

export function SecretsPage() {
  const { t } = useTranslation();
  return (
    <ResourcePage<Secret>
      title={t('Secrets')}
      intro={t(
        'Tokens of other systems. An HTTP request names one and the server sends it; scenarios, logs and this page never see the value.',
      )}
      add={t('Add a secret')}
      addIt={t('Add the secret')}
      path="/secrets"
      query={queries.secrets()}
      role="admin"
      nameOf={({ name }) => name}
      mayChange={false}
      columns={[
        { title: t('Name'), cell: ({ name }) => <b className="mono">{name}</b> },
        { title: t('Used by'), cell: ({ name }) => <UsedBy kind="secret" name={name} /> },
        { title: t('Added'), cell: ({ createdAt }) => <Ago at={createdAt} /> },
      ]}
      fields={[
        { name: 'name', label: t('Name'), kind: 'text', required: true, placeholder: 'crm-token' },
        {
          name: 'value',
          label: t('Value'),
          description: t('Stored encrypted, never shown again.'),
          kind: 'password',
          required: true,
        },
      ]}
      deleteText={t('HTTP requests that name it fail from then on.')}
      empty={{
        icon: IconLock,
        title: t('No secrets'),
        children: t('Keep the token of your CRM here instead of writing it into a scenario.'),
      }}
    />
  );
}
