import { Anchor, Button, Code, Loader, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { IconArrowLeft, IconPhoneOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { post } from '../api/client.js';
import { withPlaces } from '../editor/model/layout.js';
import { queries, useMay } from '../api/queries.js';
import type { Call } from '../api/types.js';
import { formatDateTime, formatDuration } from '../app/format.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { useNow } from '../ui/useNow.js';
import { CallState } from './CallState.js';
import { PathDrawing } from './PathDrawing.js';
import { Timeline } from './Timeline.js';
import { traceOf } from './traceOf.js';
import { useCallLog } from './useCallLog.js';
import classes from './CallPage.module.css';

/** One call: what is known of it, the path that it took, and everything that happened, while it happens. */
export function CallPage() {
  const { id = '' } = useParams();
  const call = useQuery({
    ...queries.call(id),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : 2000),
  });
  const log = useCallLog(id);
  const mayCommand = useMay('operator');
  const [shown, setShown] = useState<string | null>(null);
  const hangUp = useMutation({
    mutationFn: () => post(`/calls/${id}/commands`, { type: 'hang-up' }),
    onError: (error) => notify.failed('The call was not ended', error),
  });
  const live = call.data !== undefined && call.data.state !== 'ended';
  return (
    <Page
      title={call.data ? `${call.data.from} → ${call.data.to}` : 'Call'}
      wide
      intro={
        <Anchor component={Link} to="/calls" size="sm" className={classes.back}>
          <IconArrowLeft size={14} aria-hidden /> Call history
        </Anchor>
      }
      actions={
        live &&
        mayCommand && (
          <Button
            color="red"
            variant="light"
            leftSection={<IconPhoneOff size={16} />}
            loading={hangUp.isPending}
            onClick={() => hangUp.mutate()}
          >
            Hang up
          </Button>
        )
      }
    >
      {call.error && (
        <Problem error={call.error} title="The call could not be read" onRetry={() => void call.refetch()} />
      )}
      {call.data && (
        <div className={classes.layout}>
          <div className={classes.left}>
            <Facts call={call.data} />
            <Drawing call={call.data} events={log.events} shown={shown} />
            <Recordings call={call.data} />
            <Details call={call.data} />
          </div>
          <section className={classes.timeline} aria-label="Events">
            <h2 className={classes.heading}>
              Events
              {live && <Loader size={14} type="dots" color="orange" aria-label="The call is going on" />}
            </h2>
            {log.error !== null && <Problem error={log.error} />}
            {log.pending && log.events.length === 0 && <Loader size="sm" m="md" aria-label="Loading" />}
            <Timeline events={log.events} onNode={setShown} />
          </section>
        </div>
      )}
    </Page>
  );
}

function Facts({ call }: { call: Call }) {
  const now = useNow(1000);
  const { data: scenarios } = useQuery(queries.scenarios());
  const scenario = scenarios?.find(({ id }) => id === call.scenarioId);
  const began = new Date(call.startedAt).getTime();
  return (
    <dl className={classes.facts}>
      <div>
        <dt>State</dt>
        <dd>
          <CallState state={call.state} cause={call.cause} />
        </dd>
      </div>
      <div>
        <dt>Scenario</dt>
        <dd>
          {call.scenarioId === null ? (
            '—'
          ) : (
            <Link to={`/scenarios/${call.scenarioId}`} className="row-link">
              {scenario?.name ?? call.scenarioId} {call.version === null ? 'draft' : `v${call.version}`}
            </Link>
          )}
        </dd>
      </div>
      <div>
        <dt>Began</dt>
        <dd>{formatDateTime(call.startedAt)}</dd>
      </div>
      <div>
        <dt>Answered after</dt>
        <dd className="tabular">
          {call.answeredAt === null
            ? 'not answered'
            : `${((new Date(call.answeredAt).getTime() - began) / 1000).toFixed(1)} s`}
        </dd>
      </div>
      <div>
        <dt>Duration</dt>
        <dd className="tabular">{formatDuration(call.durationMs ?? now - began)}</dd>
      </div>
    </dl>
  );
}

function Drawing({
  call,
  events,
  shown,
}: {
  call: Call;
  events: ReturnType<typeof useCallLog>['events'];
  shown: string | null;
}) {
  const version = useQuery({
    ...queries.versionOf(call.scenarioId ?? '', call.version ?? 0),
    enabled: call.scenarioId !== null && call.version !== null,
  });
  const draft = useQuery({
    ...queries.scenario(call.scenarioId ?? ''),
    enabled: call.scenarioId !== null && call.version === null,
  });
  const stored = version.data?.document ?? draft.data?.document;
  const { data: document } = useQuery({
    queryKey: ['arranged', call.scenarioId, call.version, stored?.id],
    queryFn: () => withPlaces(stored!),
    enabled: stored !== undefined,
  });
  const trace = useMemo(() => (document ? traceOf(events, document) : null), [events, document]);
  if (!document || !trace) return null;
  return (
    <section className={classes.drawing} aria-label="Path">
      <ReactFlowProvider>
        <PathDrawing document={document} trace={trace} shown={shown} />
      </ReactFlowProvider>
    </section>
  );
}

function Recordings({ call }: { call: Call }) {
  if (call.recordings.length === 0) return null;
  return (
    <section className={classes.box} aria-label="Recordings">
      <h2 className={classes.heading}>Recordings</h2>
      {call.recordings.map(({ name, durationMs, node }) => {
        const source = `/api/calls/${call.id}/recordings/${encodeURIComponent(name)}`;
        return (
          <div key={name} className={classes.recording}>
            <div>
              <b>{name}</b>
              <Text size="xs" c="dimmed">
                {formatDuration(durationMs)}
                {node !== null && ` · ${node}`}
              </Text>
            </div>
            <audio controls preload="metadata" src={source} aria-label={`Recording ${name}`} />
            <Anchor href={source} download={name} size="sm">
              Download
            </Anchor>
          </div>
        );
      })}
    </section>
  );
}

function Details({ call }: { call: Call }) {
  const variables = Object.entries(call.variables);
  return (
    <div className={classes.pair}>
      <section className={classes.box} aria-label="Legs">
        <h2 className={classes.heading}>Legs</h2>
        {call.legs.length === 0 && (
          <Text size="sm" c="dimmed">
            None.
          </Text>
        )}
        {call.legs.map(({ name, state, uri, codec, onHold }) => (
          <div key={name} className={classes.leg}>
            <b>{name}</b> {onHold ? 'on hold' : state}
            {codec && <Code ml={6}>{codec}</Code>}
            <Text size="xs" c="dimmed" className={classes.uri}>
              {uri}
            </Text>
          </div>
        ))}
      </section>
      <section className={classes.box} aria-label="Variables">
        <h2 className={classes.heading}>Variables</h2>
        {variables.length === 0 && (
          <Text size="sm" c="dimmed">
            None.
          </Text>
        )}
        <dl className={classes.variables}>
          {variables.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
