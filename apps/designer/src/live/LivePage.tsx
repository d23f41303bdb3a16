import { Badge, Button, Table } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconActivityHeartbeat, IconPhoneOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { post } from '../api/client.js';
import { queries, useMay } from '../api/queries.js';
import type { Call } from '../api/types.js';
import { formatDuration } from '../app/format.js';
import { CallState } from '../calls/CallState.js';
import { Empty } from '../ui/Empty.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Sheet } from '../ui/Sheet.js';
import { useNow } from '../ui/useNow.js';
import { useLiveCalls } from './useLiveCalls.js';

/** As many rows as a person can watch; the number of calls is told in full. */
const ROWS_SHOWN = 200;

/** Every call that is going on. */
export function LivePage() {
  const live = useLiveCalls(null);
  const calls = useSyncExternalStore(live.subscribe, live.all);
  const connection = useSyncExternalStore(live.subscribe, live.connection);
  const scenarios = useQuery(queries.scenarios());
  const names = new Map((scenarios.data ?? []).map(({ id, name }) => [id, name]));
  const now = useNow(1000);
  const mayCommand = useMay('operator');
  const hangUp = useMutation({
    mutationFn: (id: string) => post(`/calls/${id}/commands`, { type: 'hang-up' }),
    onError: (error) => notify.failed('The call was not ended', error),
  });
  return (
    <Page
      title="Live calls"
      intro="Calls as they happen. On a scenario’s canvas the same calls move from node to node."
      actions={
        <Badge
          size="lg"
          variant="light"
          color={connection === 'lost' ? 'red' : calls.length > 0 ? 'orange' : 'gray'}
          tt="none"
          role="status"
        >
          {connection === 'lost'
            ? 'Connection lost, trying again…'
            : connection === 'connecting'
              ? 'Connecting…'
              : `${calls.length} ${calls.length === 1 ? 'call' : 'calls'} now`}
        </Badge>
      }
    >
      <Sheet label="Live calls">
        {calls.length === 0 ? (
          <Empty icon={IconActivityHeartbeat} title="No calls at this moment">
            As soon as somebody dials a number of yours, the call appears here with the node where it stands.
          </Empty>
        ) : (
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>State</Table.Th>
                <Table.Th>From</Table.Th>
                <Table.Th>To</Table.Th>
                <Table.Th>Scenario</Table.Th>
                <Table.Th>Node</Table.Th>
                <Table.Th>Duration</Table.Th>
                {mayCommand && <Table.Th w={110} aria-label="Actions" />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {calls.slice(0, ROWS_SHOWN).map((call) => (
                <Table.Tr key={call.id}>
                  <Table.Td>
                    <CallState state={call.state} cause={call.cause} />
                  </Table.Td>
                  <Table.Td className="tabular">
                    <Link to={`/calls/${call.id}`} className="row-link">
                      {call.from}
                    </Link>
                  </Table.Td>
                  <Table.Td className="tabular">{call.to}</Table.Td>
                  <Table.Td>{scenarioOf(call, names)}</Table.Td>
                  <Table.Td className="mono">{call.node ?? '—'}</Table.Td>
                  <Table.Td className="tabular">{formatDuration(now - new Date(call.startedAt).getTime())}</Table.Td>
                  {mayCommand && (
                    <Table.Td>
                      <Button
                        size="compact-xs"
                        variant="light"
                        color="red"
                        leftSection={<IconPhoneOff size={14} />}
                        aria-label={`Hang up the call from ${call.from}`}
                        loading={hangUp.isPending && hangUp.variables === call.id}
                        onClick={() => hangUp.mutate(call.id)}
                      >
                        Hang up
                      </Button>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
              {calls.length > ROWS_SHOWN && (
                <Table.Tr>
                  <Table.Td colSpan={7} c="dimmed">
                    And {calls.length - ROWS_SHOWN} more.
                  </Table.Td>
                </Table.Tr>
              )}
            </Table.Tbody>
          </Table>
        )}
      </Sheet>
    </Page>
  );
}

const scenarioOf = ({ scenarioId, version }: Call, names: ReadonlyMap<string, string>) =>
  scenarioId === null ? (
    '—'
  ) : (
    <Link to={`/scenarios/${scenarioId}`} className="row-link">
      {names.get(scenarioId) ?? scenarioId}
      {version !== null && ` v${version}`}
    </Link>
  );
