import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconActivityHeartbeat } from '@tabler/icons-react';
import { memo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { get } from '../api/client.js';
import type { BoardRow, CallSummary } from '../api/types.js';
import { formatDuration, formatNumber } from '../app/format.js';
import { CallState } from '../calls/CallState.js';
import { Empty } from '../ui/Empty.js';
import { useNow } from '../ui/useNow.js';
import { dwellOf } from './board.js';
import { followCall } from './followed.js';
import type { LiveCalls } from './liveCalls.js';
import classes from './LiveTable.module.css';

type Names = ReadonlyMap<string, string>;

/** While somebody searches, the server is asked for all calls this often: the board holds the newest alone. */
const SEARCH_EVERY_MS = 2000;
const MOST_FOUND = 200;

/** The newest calls as they move; with a search, those among all that fit. */
export function LiveTable({ live, names, search }: { live: LiveCalls; names: Names; search: string }) {
  const { t } = useTranslation();
  const board = useSyncExternalStore(live.subscribe, live.board);
  const found = useQuery({
    queryKey: ['calls', 'live'],
    queryFn: async ({ signal }) => (await get<{ items: readonly CallSummary[] }>('/calls/live', signal)).items,
    enabled: search !== '',
    refetchInterval: SEARCH_EVERY_MS,
  });
  const all: readonly BoardRow[] = search === '' ? board.rows : searched(found.data ?? [], board.rows, names, search);
  const rows = all.slice(0, MOST_FOUND);
  const more = search === '' ? board.calls - rows.length : all.length - rows.length;
  if (board.calls === 0) {
    return (
      <Empty icon={IconActivityHeartbeat} title={t('No calls at this moment')}>
        {t('As soon as somebody dials a number of yours, the call appears here with the node where it stands.')}
      </Empty>
    );
  }
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('State')}</Table.Th>
          <Table.Th>{t('From')}</Table.Th>
          <Table.Th className={classes.wide}>{t('To')}</Table.Th>
          <Table.Th className={classes.wide}>{t('Scenario')}</Table.Th>
          <Table.Th>{t('Node')}</Table.Th>
          <Table.Th>{t('There for')}</Table.Th>
          <Table.Th className={classes.wide}>{t('Duration')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} name={row.scenarioId === null ? null : (names.get(row.scenarioId) ?? null)} />
        ))}
        {rows.length === 0 && (
          <Table.Tr>
            <Table.Td colSpan={7} c="dimmed">
              {t('No live call fits “{{search}}”.', { search })}
            </Table.Td>
          </Table.Tr>
        )}
        {more > 0 && (
          <Table.Tr>
            <Table.Td colSpan={7} c="dimmed">
              {t('And {{more}} more: search for a number, or open a scenario to see where they stand.', {
                more: formatNumber(more),
              })}
            </Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}

const Row = memo(function Row({ row, name }: { row: BoardRow; name: string | null }) {
  const { t } = useTranslation();
  return (
    <Table.Tr className={classes.row} onClick={() => followCall(row.id)}>
      <Table.Td>
        <CallState state={row.state} cause={null} />
      </Table.Td>
      <Table.Td className="tabular">
        <button
          type="button"
          className={classes.open}
          aria-label={t('Follow the call from {{from}}', { from: row.from })}
        >
          {row.from}
        </button>
      </Table.Td>
      <Table.Td className={`tabular ${classes.wide}`}>{row.to}</Table.Td>
      <Table.Td className={classes.wide}>
        {row.scenarioId === null ? (
          '—'
        ) : (
          <Link to={`/scenarios/${row.scenarioId}`} className="row-link" onClick={(event) => event.stopPropagation()}>
            {name ?? row.scenarioId}
            {row.version !== null && ` v${row.version}`}
          </Link>
        )}
      </Table.Td>
      <Table.Td className="mono">{row.node ?? '—'}</Table.Td>
      <Table.Td className="tabular">{row.node === null ? '—' : <Since at={row.since} coloured />}</Table.Td>
      <Table.Td className={`tabular ${classes.wide}`}>
        <Since at={row.startedAt} />
      </Table.Td>
    </Table.Tr>
  );
});

/** Only the figure ticks, not the row. */
function Since({ at, coloured = false }: { at: string; coloured?: boolean }) {
  const now = useNow(1000);
  return (
    <span className={classes.since} data-dwell={coloured ? dwellOf(at, now) : undefined}>
      {formatDuration(now - new Date(at).getTime())}
    </span>
  );
}

function searched(
  calls: readonly CallSummary[],
  rows: readonly BoardRow[],
  names: Names,
  search: string,
): readonly BoardRow[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const word = search.toLowerCase();
  const fits = ({ from, to, node, scenarioId }: CallSummary) =>
    [from, to, node ?? '', names.get(scenarioId ?? '') ?? ''].some((text) => text.toLowerCase().includes(word));
  return calls.filter(fits).map((call) => known.get(call.id) ?? { ...call, since: call.startedAt });
}
