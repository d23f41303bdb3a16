import { Menu } from '@mantine/core';
import { IconListCheck, IconWebhook } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import type { Webhook } from '../api/types.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { ShownOnce } from '../resources/ShownOnce.js';
import { Ago } from '../ui/Ago.js';

export function WebhooksPage() {
  const { t } = useTranslation();
  return (
    <ResourcePage<Webhook>
      title={t('Webhooks')}
      intro={t(
        'Other systems that hear what happens in calls: the same events as the log, signed, sent again until they are taken.',
      )}
      add={t('Add a webhook')}
      addIt={t('Add the webhook')}
      path="/webhooks"
      query={queries.webhooks()}
      role="admin"
      nameOf={({ url }) => url}
      columns={[
        {
          title: t('Address'),
          cell: ({ id, url }) => (
            <Link to={`/webhooks/${id}`} className="row-link">
              {url}
            </Link>
          ),
        },
        { title: t('Events'), cell: ({ events }) => (events.includes('*') ? t('all') : events.join(', ')) },
        { title: t('Added'), cell: ({ createdAt }) => <Ago at={createdAt} /> },
      ]}
      mayChange={false}
      more={({ id }) => (
        <Menu.Item component={Link} to={`/webhooks/${id}`} leftSection={<IconListCheck size={16} />}>
          {t('Deliveries')}
        </Menu.Item>
      )}
      fields={[
        { name: 'url', label: t('Address'), kind: 'text', required: true, placeholder: 'https://crm.example/calls' },
        {
          name: 'events',
          label: t('Events'),
          description: t('* for all, or names such as call.ended'),
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
            title={t('The signing secret')}
            text={t('The other system checks the signature of each event with it. It is not shown again.')}
            value={secret}
            label={t('signing secret')}
            onClose={close}
          />
        )
      }
      empty={{
        icon: IconWebhook,
        title: t('No webhooks'),
        children: t('Let your CRM know when a call begins, ends, or leaves a message.'),
      }}
    />
  );
}
