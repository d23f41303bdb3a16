import { IconLock } from '@tabler/icons-react';
import { queries } from '../api/queries.js';
import type { Secret } from '../api/types.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { Ago } from '../ui/Ago.js';
import { UsedBy } from '../uses/UsedBy.js';

export function SecretsPage() {
  return (
    <ResourcePage<Secret>
      title="Secrets"
      intro="Tokens of other systems. An HTTP request names one and the server sends it; scenarios, logs and this page never see the value."
      thing="secret"
      path="/secrets"
      query={queries.secrets()}
      role="admin"
      nameOf={({ name }) => name}
      mayChange={false}
      columns={[
        { title: 'Name', cell: ({ name }) => <b className="mono">{name}</b> },
        { title: 'Used by', cell: ({ name }) => <UsedBy kind="secret" name={name} /> },
        { title: 'Added', cell: ({ createdAt }) => <Ago at={createdAt} /> },
      ]}
      fields={[
        { name: 'name', label: 'Name', kind: 'text', required: true, placeholder: 'crm-token' },
        {
          name: 'value',
          label: 'Value',
          description: 'Stored encrypted, never shown again.',
          kind: 'password',
          required: true,
        },
      ]}
      deleteText="HTTP requests that name it fail from then on."
      empty={{
        icon: IconLock,
        title: 'No secrets',
        children: 'Keep the token of your CRM here instead of writing it into a scenario.',
      }}
    />
  );
}
