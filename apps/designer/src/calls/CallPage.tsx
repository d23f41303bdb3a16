import { Anchor, Button, Code, Loader, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { IconArrowLeft, IconPhoneOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ScenarioDocument } from '@callwright/scenario';
import { post } from '../api/client.js';
import { queries, useMay } from '../api/queries.js';
import type { Call, LoggedEvent } from '../api/types.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { ValueList } from '../ui/ValueList.js';
import { CallAxis } from './axis/CallAxis.js';
import { CallFacts } from './CallFacts.js';
import type { Rung } from './ladder/ladder.js';
import { SipLadder } from './ladder/SipLadder.js';
import { useSignalling } from './ladder/useSignalling.js';
import { Known } from './Known.js';
import { indexAt } from './moments.js';
import { PathDrawing } from './PathDrawing.js';
import { Scrubber } from './Scrubber.js';
import { Timeline } from './Timeline.js';
import { traceOf } from './traceOf.js';
import { useCallLog } from './useCallLog.js';
import { useDrawnVersion } from './useDrawnVersion.js';
import { WhyEnded } from './WhyEnded.js';
import classes from './CallPage.module.css';

/** One call: why it ended, its path on the version that it ran, and everything that happened, at any moment of it. */
export function CallPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const call = useQuery({
    ...queries.call(id),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : 2000),
  });
  const log = useCallLog(id);
  const mayCommand = useMay('operator');
  const hangUp = useMutation({
    mutationFn: () => post(`/calls/${id}/commands`, { type: 'hang-up' }),
    onError: (error) => notify.failed(t('The call was not ended'), error),
  });
  const live = call.data !== undefined && call.data.state !== 'ended';
  return (
    <Page
      title={call.data ? `${call.data.from} → ${call.data.to}` : t('Call')}
      wide
      intro={
        <Anchor component={Link} to="/calls" size="sm" className={classes.back}>
          <IconArrowLeft size={14} aria-hidden /> {t('Call history')}
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
            {t('Hang up')}
          </Button>
        )
      }
    >
      {call.error && (
        <Problem error={call.error} title={t('The call could not be read')} onRetry={() => void call.refetch()} />
      )}
      {call.data && <OneCall call={call.data} events={log.events} log={log} live={live} />}
    </Page>
  );
}

interface OneCallProps {
  readonly call: Call;
  readonly events: readonly LoggedEvent[];
  readonly log: { readonly error: unknown; readonly pending: boolean };
  readonly live: boolean;
}

function OneCall({ call, events, log, live }: OneCallProps) {
  const { t } = useTranslation();
  const document = useDrawnVersion(call.scenarioId, call.version);
  /** Null: at the end, also while the call goes on. */
  const [chosen, setChosen] = useState<number | null>(null);
  /** Between two events, as a recording is played. */
  const [playedAt, setPlayedAt] = useState<number | null>(null);
  const last = events.length - 1;
  const index = Math.max(0, Math.min(chosen ?? last, last));
  const go = (to: number) => {
    setPlayedAt(null);
    setChosen(to >= last ? null : to);
  };
  const goToMoment = (at: number) => {
    go(indexAt(events, at));
    setPlayedAt(at);
  };
  const now = events[index];
  const { ladder, error: noLadder, pending: awaitsLadder } = useSignalling(call.id, live);
  const [chosenMessage, setChosenMessage] = useState<number | null>(null);
  const goToMessage = (rung: Rung) => {
    setChosenMessage(rung.index);
    goToMoment(rung.at);
  };
  const at = playedAt ?? (now ? Date.parse(now.at) : 0);
  return (
    <div className={classes.layout}>
      <div className={classes.left}>
        <WhyEnded events={events} onSeq={(seq) => go(events.findIndex((event) => event.seq === seq))} />
        <CallFacts call={call} />
        <section className={classes.moments} aria-label={t('Path')}>
          <div className={classes.drawing}>
            {document && <Path document={document} events={events} index={index} />}
          </div>
          <Scrubber events={events} index={index} onIndex={go} />
          {now && (
            <CallAxis
              callId={call.id}
              events={events}
              at={at}
              onMoment={goToMoment}
              rungs={ladder.rungs}
              chosen={chosenMessage}
              onRung={goToMessage}
            />
          )}
        </section>
        {!awaitsLadder && (
          <SipLadder
            callId={call.id}
            ladder={ladder}
            error={noLadder}
            began={Date.parse(call.startedAt)}
            at={at}
            chosen={chosenMessage}
            onChoose={goToMessage}
          />
        )}
        <div className={classes.pair}>
          <section className={classes.box} aria-label={t('What the scenario knew')}>
            <h2 className={classes.heading}>{t('What the scenario knew')}</h2>
            {document && events.length > 0 ? (
              <Known document={document} events={events} index={index} />
            ) : (
              <ValueList name="vars" values={Object.entries(call.variables)} none={t('No variables yet.')} />
            )}
          </section>
          <Legs call={call} />
        </div>
      </div>
      <section className={classes.timeline} aria-label={t('Events')}>
        <h2 className={classes.heading}>
          {t('Events')}
          {live && <Loader size={14} type="dots" color="orange" aria-label={t('The call is going on')} />}
        </h2>
        {log.error !== null && <Problem error={log.error} />}
        {log.pending && events.length === 0 && <Loader size="sm" m="md" aria-label={t('Loading')} />}
        <Timeline events={events} index={index} onIndex={go} />
      </section>
    </div>
  );
}

function Path({
  document,
  events,
  index,
}: {
  document: ScenarioDocument;
  events: readonly LoggedEvent[];
  index: number;
}) {
  const trace = useMemo(() => traceOf(events.slice(0, index + 1), document), [events, index, document]);
  return (
    <ReactFlowProvider>
      <PathDrawing document={document} trace={trace} />
    </ReactFlowProvider>
  );
}

function Legs({ call }: { call: Call }) {
  const { t } = useTranslation();
  return (
    <section className={classes.box} aria-label={t('Legs')}>
      <h2 className={classes.heading}>{t('Legs')}</h2>
      {call.legs.map(({ name, state, uri, codec, onHold }) => (
        <div key={name} className={classes.leg}>
          <b>{name}</b> {onHold ? t('on hold') : state}
          {codec && <Code ml={6}>{codec}</Code>}
          <Text size="xs" c="dimmed" className={classes.uri}>
            {uri}
          </Text>
        </div>
      ))}
    </section>
  );
}
