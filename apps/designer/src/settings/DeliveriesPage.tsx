import { Anchor, Badge, Button, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconRefresh, IconSend, IconWebhook } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { post } from '../api/client.js';
import { queries } from '../api/queries.js';
import type { WebhookDelivery } from '../api/types.js';
import { formatClock } from '../app/format.js';
import { msg } from '../i18n/i18n.js';
import { Ago } from '../ui/Ago.js';
import { Empty } from '../ui/Empty.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';

const STATES: Readonly<Record<WebhookDelivery['state'], { readonly label: string; readonly color: string }>> = {
  waiting: { label: msg('is tried again'), color: 'orange' },
  delivered: { label: msg('arrived'), color: 'exchange' },
  'given-up': { label: msg('given up'), color: 'red' },
};

/** What became of the events that a webhook was sent: which arrived, which wait, and why the others did not. */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const client = useQueryClient();
  const webhook = useQuery(queries.webhook(id));
  const deliveries = useQuery({ ...queries.deliveries(id), refetchInterval: 4000 });
  const refresh = () => client.invalidateQueries({ queryKey: ['webhooks', id] });
  const test = useMutation({
    mutationFn: () => post<{ delivered: boolean; error: string | null; durationMs: number }>(`/webhooks/${id}/test`),
    onSuccess: ({ delivered, error, durationMs }) => {
      if (delivered) notify.done(t('The test event arrived within {{ms}} ms.', { ms: durationMs }));
      else notify.failed(t('The test event did not arrive'), error ?? '');
      return refresh();
    },
    onError: (error) => notify.failed(t('The test event was not sent'), error),
  });
  const retry = useMutation({
    mutationFn: (delivery: string) => post(`/webhooks/${id}/deliveries/${delivery}/retry`),
    onSuccess: refresh,
    onError: (error) => notify.failed(t('The event was not sent again'), error),
  });
  const items = deliveries.data ?? [];
  return (
    <Page
      title={t('Deliveries')}
      wide
      intro={
        <>
          <Anchor component={Link} to="/webhooks" size="sm">
            <IconArrowLeft size={14} aria-hidden /> {t('Webhooks')}
          </Anchor>
          {webhook.data && <div className="mono">{webhook.data.url}</div>}
        </>
      }
      actions={
        <Button
          variant="default"
          leftSection={<IconSend size={16} />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          {t('Send a test event')}
        </Button>
      }
    >
      {(webhook.error ?? deliveries.error) && (
        <Problem error={webhook.error ?? deliveries.error} onRetry={() => void refresh()} />
      )}
      <Sheet label={t('Deliveries')}>
        {deliveries.isPending && <Skeleton height={120} />}
        {deliveries.data?.length === 0 && (
          <Empty icon={IconWebhook} title={t('Nothing was sent yet')}>
            {t(
              'Each event that this webhook asked for is shown here with what became of it. Send a test event to see one.',
            )}
          </Empty>
        )}
        {items.length > 0 && (
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('When')}</Table.Th>
                <Table.Th>{t('Event')}</Table.Th>
                <Table.Th>{t('Call')}</Table.Th>
                <Table.Th>{t('Result')}</Table.Th>
                <Table.Th>{t('Tries')}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{t('Actions')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((item) => (
                <Table.Tr key={item.id}>
                  <Table.Td>
                    <Ago at={item.createdAt} />
                  </Table.Td>
                  <Table.Td className="mono">{item.event}</Table.Td>
                  <Table.Td>
                    {item.callId === null ? '—' : <Link to={`/calls/${item.callId}`}>{t('its call')}</Link>}
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="light" tt="none" color={STATES[item.state].color}>
                      {t(STATES[item.state].label)}
                    </Badge>
                    <Result item={item} />
                  </Table.Td>
                  <Table.Td className="tabular">{item.attempts}</Table.Td>
                  <Table.Td align="right">
                    {item.state !== 'delivered' && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        leftSection={<IconRefresh size={14} aria-hidden />}
                        loading={retry.isPending && retry.variables === item.id}
                        onClick={() => retry.mutate(item.id)}
                      >
                        {t('Send it now')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Sheet>
    </Page>
  );
}

function Result({ item: { error, dueAt, state } }: { item: WebhookDelivery }) {
  const { t } = useTranslation();
  if (state === 'delivered') return null;
  return (
    <Text size="xs" c="dimmed" component="div" mt={4}>
      {error}
      {dueAt !== null && <div>{t('Next try at {{time}}', { time: formatClock(dueAt) })}</div>}
    </Text>
  );
}
