import { Alert, Anchor, Button, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle, IconDownload, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { post, remove } from '../api/client.js';
import { useMay } from '../api/queries.js';
import { formatDateTime } from '../app/format.js';
import { Timeline } from '../calls/Timeline.js';
import { useCallLog } from '../calls/useCallLog.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { FaxBadge } from './FaxBadge.js';
import { faxQueries, isUnderWay, type Fax } from './faxes.js';
import { PageViewer } from './PageViewer.js';

/** One fax: its pages, its tries, and what the two machines said to each other. */
export function FaxPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const found = useQuery({
    ...faxQueries.one(id),
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : 2_000),
  });
  const fax = found.data;
  return (
    <Page
      title={fax ? fax.document : t('Fax')}
      intro={fax && <Summary fax={fax} />}
      actions={fax && <Actions fax={fax} />}
      wide
    >
      {found.error && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={300} />}
      {fax && (
        <Stack>
          {fax.state === 'failed' && fax.explanation !== null && (
            <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={fax.explanation}>
              {fax.advice}
            </Alert>
          )}
          {fax.inDoubtPage !== null && (
            <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
              {t('The server stopped while page {{page}} was on its way. It may have arrived, and is sent again.', {
                page: fax.inDoubtPage,
              })}
            </Alert>
          )}
          {hasPages(fax) && (
            <Sheet padded label={t('Pages')}>
              <PageViewer fax={fax.id} pages={fax.totalPages ?? fax.pages} />
            </Sheet>
          )}
          {fax.attempts.length > 0 && <Tries fax={fax} />}
          {fax.callId !== null && <Signals key={fax.callId} call={fax.callId} />}
        </Stack>
      )}
    </Page>
  );
}

const hasPages = (fax: Fax): boolean =>
  fax.direction === 'inbound' ? !isUnderWay(fax) && fax.pages > 0 : fax.totalPages !== null;

function Summary({ fax }: { fax: Fax }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" component="span">
      <FaxBadge fax={fax} />
      <span className="tabular">
        {fax.direction === 'inbound'
          ? t('from {{number}}', { number: fax.from ?? '—' })
          : t('to {{number}}', { number: fax.to })}
      </span>
      {isUnderWay(fax) && fax.nextAttemptAt !== null && (
        <span>{t('tried next at {{time}}', { time: formatDateTime(fax.nextAttemptAt) })}</span>
      )}
      {isUnderWay(fax) && fax.schedule !== null && (
        <span>{t('only in the hours of {{schedule}}', { schedule: fax.schedule })}</span>
      )}
      {isUnderWay(fax) && fax.giveUpAt !== null && (
        <span>{t('given up after {{time}}', { time: formatDateTime(fax.giveUpAt) })}</span>
      )}
    </Group>
  );
}

function Actions({ fax }: { fax: Fax }) {
  const { t } = useTranslation();
  const may = useMay('operator');
  const client = useQueryClient();
  const navigate = useNavigate();
  const done = () => client.invalidateQueries({ queryKey: ['faxes'] });
  const cancel = useMutation({
    mutationFn: () => remove(`/faxes/${fax.id}`),
    onSuccess: () => notify.done(t('The fax is cancelled.')),
    onError: (error) => notify.failed(t('The fax was not cancelled'), error),
    onSettled: done,
  });
  const resend = useMutation({
    mutationFn: () => post<{ id: string }>(`/faxes/${fax.id}/resend`, {}),
    onSuccess: ({ id }) => void navigate(`/faxes/${id}`),
    onError: (error) => notify.failed(t('The fax was not sent again'), error),
    onSettled: done,
  });
  return (
    <Group gap="xs">
      {hasPages(fax) && (
        <>
          <Button
            component="a"
            href={`/api/faxes/${fax.id}/document`}
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            {t('PDF')}
          </Button>
          <Button component="a" href={`/api/faxes/${fax.id}/document?format=tiff`} variant="default">
            {t('TIFF')}
          </Button>
        </>
      )}
      {may && fax.direction === 'outbound' && isUnderWay(fax) && (
        <Button
          variant="default"
          leftSection={<IconX size={16} />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t('Cancel')}
        </Button>
      )}
      {may && fax.direction === 'outbound' && !isUnderWay(fax) && (
        <Button leftSection={<IconRefresh size={16} />} loading={resend.isPending} onClick={() => resend.mutate()}>
          {t('Send again')}
        </Button>
      )}
    </Group>
  );
}

function Tries({ fax }: { fax: Fax }) {
  const { t } = useTranslation();
  return (
    <Sheet label={t('Tries')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('Time')}</Table.Th>
            <Table.Th>{t('Way')}</Table.Th>
            <Table.Th>{t('Pages')}</Table.Th>
            <Table.Th>{t('What happened')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fax.attempts.map((attempt) => (
            <Table.Tr key={`${attempt.callId} ${attempt.at}`}>
              <Table.Td>
                <Anchor component={Link} to={`/calls/${attempt.callId}`} className="tabular">
                  {formatDateTime(attempt.at)}
                </Anchor>
              </Table.Td>
              <Table.Td>{attempt.standard ?? '—'}</Table.Td>
              <Table.Td className="tabular">{attempt.pages}</Table.Td>
              <Table.Td>
                <Text>{attempt.explanation}</Text>
                {attempt.advice !== '' && (
                  <Text size="sm" c="dimmed">
                    {attempt.advice}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sheet>
  );
}

/** The last call's fax, message by message, while it goes on and afterwards. */
function Signals({ call }: { call: string }) {
  const { t } = useTranslation();
  const { events, error } = useCallLog(call);
  const signals = events.filter(
    ({ name }) => name.startsWith('fax.') || name.startsWith('leg.') || name === 'call.answered',
  );
  if (error !== null || signals.length === 0) return null;
  return (
    <Sheet padded label={t('What the machines said')}>
      <Title order={2} size="h4" mb="sm">
        {t('What the machines said')}
      </Title>
      <Timeline events={signals} />
    </Sheet>
  );
}
