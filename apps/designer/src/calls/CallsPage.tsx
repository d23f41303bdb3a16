import { Button, Menu, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconDownload, IconFlame, IconHistory, IconMicrophone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import type { CallSummary } from '../api/types.js';
import { formatDateTime, formatDuration } from '../app/format.js';
import { Empty } from '../ui/Empty.js';
import { Page } from '../ui/Page.js';
import { Pager } from '../ui/Pager.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { useAddressFilters } from '../ui/useAddressFilters.js';
import { useNow } from '../ui/useNow.js';
import { useSettled } from '../ui/useSettled.js';
import { FILTERS, toQuery, type FilterName } from './callFilters.js';
import { CallSearch } from './CallSearch.js';
import { CallState } from './CallState.js';

/** Every call that was made, newest first. */
export function CallsPage() {
  const { t } = useTranslation();
  const { filters, setFilter } = useAddressFilters(FILTERS);
  const now = useNow(60_000);
  const settled = useSettled(toQuery(filters, now));
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const calls = useQuery({
    ...queries.calls(settled, cursors.at(-1) ?? null),
    placeholderData: keepPreviousData,
    refetchInterval: cursors.length === 0 ? 10_000 : false,
  });
  const filter = (name: FilterName, value: string | null) => {
    setCursors([]);
    setFilter(name, value);
  };
  const items = calls.data?.items ?? [];
  const unfiltered = Object.keys(filters).length === 0;
  const heat = new URLSearchParams([
    ...(filters.scenarioId ? [['scenarioId', filters.scenarioId]] : []),
    ...(filters.period ? [['period', filters.period]] : []),
  ]);
  return (
    <Page
      title={t('Call history')}
      intro={t('What happened in every call: its path, what was pressed and said, and its recordings.')}
      wide
      actions={
        <>
          <Button
            component={Link}
            to={`/calls/paths?${heat}`}
            variant="default"
            leftSection={<IconFlame size={16} aria-hidden />}
          >
            {t('Heat map')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={16} />}>
                {t('Export')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {(['csv', 'json'] as const).map((format) => (
                <Menu.Item
                  key={format}
                  component="a"
                  href={`/api/calls/export?${new URLSearchParams({ ...settled, format })}`}
                  download={`calls.${format}`}
                >
                  {format === 'csv' ? t('As a table (CSV)') : t('As JSON')}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      <CallSearch filters={filters} onFilter={filter} />
      {calls.error && <Problem error={calls.error} onRetry={() => void calls.refetch()} />}
      <Sheet label={t('Calls')}>
        {calls.isPending && <Skeleton height={120} />}
        {calls.data && items.length === 0 && (
          <Empty icon={IconHistory} title={unfiltered ? t('No calls yet') : t('No call fits')}>
            {unfiltered
              ? t(
                  'Deploy a scenario to a number and dial it from a registered phone; the call is kept here with everything that happened in it.',
                )
              : t('Widen the search: a part of a number is enough.')}
          </Empty>
        )}
        {items.length > 0 && <CallTable calls={items} />}
      </Sheet>
      <Pager cursors={cursors} next={calls.data?.next ?? null} onCursors={setCursors} />
    </Page>
  );
}

function CallTable({ calls }: { calls: readonly CallSummary[] }) {
  const { t } = useTranslation();
  const scenarios = useQuery(queries.scenarios());
  const names = new Map((scenarios.data ?? []).map(({ id, name }) => [id, name]));
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('When')}</Table.Th>
          <Table.Th>{t('From')}</Table.Th>
          <Table.Th>{t('To')}</Table.Th>
          <Table.Th>{t('Scenario')}</Table.Th>
          <Table.Th>{t('Result')}</Table.Th>
          <Table.Th>{t('Last node')}</Table.Th>
          <Table.Th>{t('Duration')}</Table.Th>
          <Table.Th w={44}>
            <VisuallyHidden>{t('Recordings')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {calls.map((call) => (
          <Table.Tr key={call.id}>
            <Table.Td>
              <Link to={`/calls/${call.id}`} className="row-link tabular">
                {formatDateTime(call.startedAt)}
              </Link>
            </Table.Td>
            <Table.Td className="tabular">{call.from}</Table.Td>
            <Table.Td className="tabular">{call.to}</Table.Td>
            <Table.Td>
              {call.scenarioId === null ? '—' : (names.get(call.scenarioId) ?? call.scenarioId)}{' '}
              {call.version === 0 ? t('draft') : call.version !== null && `v${call.version}`}
            </Table.Td>
            <Table.Td>
              <CallState state={call.state} cause={call.cause} />
            </Table.Td>
            <Table.Td className="mono">{call.lastNode ?? '—'}</Table.Td>
            <Table.Td className="tabular">{call.durationMs === null ? '—' : formatDuration(call.durationMs)}</Table.Td>
            <Table.Td>
              {call.recordings.length > 0 && (
                <IconMicrophone size={16} aria-label={t('{{count}} recordings', { count: call.recordings.length })} />
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
