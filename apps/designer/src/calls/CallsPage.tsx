import { Button, Group, Select, Skeleton, Table, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconHistory, IconMicrophone } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { queries } from '../api/queries.js';
import { formatDateTime, formatDuration } from '../app/format.js';
import { Empty } from '../ui/Empty.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { CallState } from './CallState.js';

const FILTERS = ['from', 'to', 'scenarioId', 'state'] as const;

/** Every call that was made, newest first. The filters are in the address, so that a search can be sent to somebody. */
export function CallsPage() {
  const [address, setAddress] = useSearchParams();
  const filters = Object.fromEntries(
    FILTERS.flatMap((name) => (address.get(name) ? [[name, address.get(name)!]] : [])),
  );
  const [settled] = useDebouncedValue(filters, 250);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const calls = useQuery({
    ...queries.calls(settled, cursors.at(-1) ?? null),
    placeholderData: keepPreviousData,
    refetchInterval: cursors.length === 0 ? 10_000 : false,
  });
  const scenarios = useQuery(queries.scenarios());
  const names = new Map((scenarios.data ?? []).map(({ id, name }) => [id, name]));
  const filter = (name: (typeof FILTERS)[number], value: string | null) => {
    setCursors([]);
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  };
  const items = calls.data?.items ?? [];
  const unfiltered = Object.keys(filters).length === 0;
  return (
    <Page
      title="Call history"
      intro="What happened in every call: its path, what was pressed and said, and its recordings."
      wide
    >
      <Group mb="md" gap="sm" align="flex-end">
        <TextInput
          label="From"
          placeholder="+370…"
          value={filters['from'] ?? ''}
          onChange={(event) => filter('from', event.currentTarget.value)}
          w={170}
        />
        <TextInput
          label="To"
          placeholder="1000"
          value={filters['to'] ?? ''}
          onChange={(event) => filter('to', event.currentTarget.value)}
          w={150}
        />
        <Select
          label="Scenario"
          placeholder="Any"
          clearable
          searchable
          data={(scenarios.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={filters['scenarioId'] ?? null}
          onChange={(value) => filter('scenarioId', value)}
          w={220}
        />
        <Select
          label="State"
          placeholder="Any"
          clearable
          data={['ended', 'answered', 'held', 'transferred', 'incoming', 'ringing', 'calling']}
          value={filters['state'] ?? null}
          onChange={(value) => filter('state', value)}
          w={150}
        />
      </Group>
      {calls.error && <Problem error={calls.error} onRetry={() => void calls.refetch()} />}
      <Sheet label="Calls">
        {calls.isPending && <Skeleton height={120} />}
        {calls.data && items.length === 0 && (
          <Empty icon={IconHistory} title={unfiltered ? 'No calls yet' : 'No call fits'}>
            {unfiltered
              ? 'Deploy a scenario to a number and dial it from a registered phone; the call is kept here with everything that happened in it.'
              : 'Widen the search: a part of a number is enough.'}
          </Empty>
        )}
        {items.length > 0 && (
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>When</Table.Th>
                <Table.Th>From</Table.Th>
                <Table.Th>To</Table.Th>
                <Table.Th>Scenario</Table.Th>
                <Table.Th>Result</Table.Th>
                <Table.Th>Last node</Table.Th>
                <Table.Th>Duration</Table.Th>
                <Table.Th w={44} aria-label="Recordings" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((call) => (
                <Table.Tr key={call.id}>
                  <Table.Td>
                    <Link to={`/calls/${call.id}`} className="row-link tabular">
                      {formatDateTime(call.startedAt)}
                    </Link>
                  </Table.Td>
                  <Table.Td className="tabular">{call.from}</Table.Td>
                  <Table.Td className="tabular">{call.to}</Table.Td>
                  <Table.Td>
                    {call.scenarioId === null ? '—' : (names.get(call.scenarioId) ?? call.scenarioId)}
                    {call.version !== null && ` v${call.version}`}
                  </Table.Td>
                  <Table.Td>
                    <CallState state={call.state} cause={call.cause} />
                  </Table.Td>
                  <Table.Td className="mono">{call.node ?? '—'}</Table.Td>
                  <Table.Td className="tabular">
                    {call.durationMs === null ? '—' : formatDuration(call.durationMs)}
                  </Table.Td>
                  <Table.Td>
                    {call.recordings.length > 0 && (
                      <IconMicrophone size={16} aria-label={`${call.recordings.length} recorded`} />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Sheet>
      {(cursors.length > 0 || calls.data?.next) && (
        <Group mt="md" justify="flex-end">
          <Button variant="default" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
            Newer
          </Button>
          <Button
            variant="default"
            disabled={!calls.data?.next}
            onClick={() => calls.data?.next && setCursors([...cursors, calls.data.next])}
          >
            Older
          </Button>
        </Group>
      )}
    </Page>
  );
}
