import { IconWebhook } from '@tabler/icons-react';
import { queryOptions } from '@tanstack/react-query';
import { getAll } from '../api/queries.js';
import type { Webhook } from '../api/types.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { ShownOnce } from '../resources/ShownOnce.js';
import { Ago } from '../ui/Ago.js';

const webhooks = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => getAll<Webhook>('/webhooks', signal),
});

export function WebhooksPage() {
  return (
    <ResourcePage<Webhook>
      title="Webhooks"
      intro="Other systems that hear what happens in calls: the same events as the log, signed, sent again until they are taken."
      thing="webhook"
      path="/webhooks"
      query={webhooks}
      role="admin"
      nameOf={({ url }) => url}
      columns={[
        { title: 'Address', cell: ({ url }) => <b>{url}</b> },
        { title: 'Events', cell: ({ events }) => (events.includes('*') ? 'all' : events.join(', ')) },
        { title: 'Added', cell: ({ createdAt }) => <Ago at={createdAt} /> },
      ]}
      mayChange={false}
      fields={[
        { name: 'url', label: 'Address', kind: 'text', required: true, placeholder: 'https://crm.example/calls' },
        {
          name: 'events',
          label: 'Events',
          description: '* for all, or names such as call.ended',
          kind: 'tags',
          initial: ['*'],
          options: [
            '*',
            'call.started',
            'call.answered',
            'call.ended',
            'node.entered',
            'node.left',
            'recording.ended',
            'run.ended',
            'run.failed',
          ],
        },
      ]}
      created={({ secret }, close) =>
        secret && (
          <ShownOnce
            title="The signing secret"
            text="The other system checks the signature of each event with it. It is not shown again."
            value={secret}
            label="signing secret"
            onClose={close}
          />
        )
      }
      empty={{
        icon: IconWebhook,
        title: 'No webhooks',
        children: 'Let your CRM know when a call begins, ends, or leaves a message.',
      }}
    />
  );
}
