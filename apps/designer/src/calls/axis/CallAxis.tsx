import { useMemo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoggedEvent } from '../../api/types.js';
import { formatDuration } from '../../app/format.js';
import { groupOf } from '../../editor/model/groupOf.js';
import { lanesOf, ticksOf, type Bar } from './lanes.js';
import type { Rung } from '../ladder/ladder.js';
import { RecordingLane } from './RecordingLane.js';
import { SipLane } from './SipLane.js';
import classes from './CallAxis.module.css';

export interface CallAxisProps {
  readonly callId: string;
  readonly events: readonly LoggedEvent[];
  /** The moment that is looked at, ms since the epoch. */
  readonly at: number;
  readonly onMoment: (at: number) => void;
  readonly rungs: readonly Rung[];
  /** Index of the SIP message that is read, or null. */
  readonly chosen: number | null;
  readonly onRung: (rung: Rung) => void;
}

const TICKS = 9;
/** Behind it there is no room for what stands at a tick. */
const LAST_TICK = 0.96;

/** Everything of a call on one axis of time: nodes, prompts, keys, legs, and what was recorded. A click goes to a moment. */
export function CallAxis({ callId, events, at, onMoment, rungs, chosen, onRung }: CallAxisProps) {
  const { t } = useTranslation();
  const lanes = useMemo(() => lanesOf(events), [events]);
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return null;
  // The INVITE came before the call, and the answer to its BYE after it.
  const began = Math.min(Date.parse(first.at), rungs[0]?.at ?? Infinity);
  const length = Math.max(1000, Math.max(Date.parse(last.at), rungs.at(-1)?.at ?? 0) - began);
  const recordings = lanes.recordings.filter(({ to }) => to !== null);
  const share = (moment: number) => `${((moment - began) / length) * 100}%`;
  const go = (event: MouseEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onMoment(began + ((event.clientX - left) / width) * length);
  };
  const bars = (list: readonly Bar[], kind: string) =>
    list.map((bar) => (
      <span
        key={bar.key}
        className={classes.bar}
        data-kind={kind}
        data-tone={bar.tone}
        style={{
          left: share(bar.from),
          width: `max(3px, ${(((bar.to ?? began + length) - bar.from) / length) * 100}%)`,
          ...(bar.type === undefined ? {} : { ['--tone' as string]: `var(--group-${groupOf(bar.type)})` }),
        }}
        title={[bar.label, bar.detail].filter((text) => text !== '').join(' · ')}
      >
        {bar.label}
      </span>
    ));
  const rows = [
    { name: t('Nodes'), content: bars(lanes.nodes, 'node') },
    { name: t('Heard'), content: bars(lanes.prompts, 'prompt') },
    {
      name: t('Keys'),
      content: lanes.digits.map(({ seq, at: pressed, label }) => (
        <kbd key={seq} className={classes.digit} style={{ left: share(pressed) }}>
          {label}
        </kbd>
      )),
    },
    ...lanes.legs.map(({ leg, bars: states }) => ({ name: t('Leg {{leg}}', { leg }), content: bars(states, 'leg') })),
    {
      name: t('SIP'),
      content: rungs.length === 0 ? [] : [<SipLane key="sip" {...{ rungs, chosen, share, onRung }} />],
    },
  ].filter(({ content }) => content.length > 0);
  return (
    <div className={classes.axis} data-testid="call-axis">
      <div className={classes.row}>
        <span className={classes.name} />
        <div className={classes.lane} data-ticks>
          {ticksOf(length * LAST_TICK, TICKS).map((tick) => (
            <span key={tick} className={classes.tick} style={{ left: share(Date.parse(first.at) + tick) }}>
              {length < 10_000 ? `${tick / 1000} s` : formatDuration(tick)}
            </span>
          ))}
        </div>
      </div>
      {rows.map(({ name, content }) => (
        <div key={name} className={classes.row}>
          <span className={classes.name}>{name}</span>
          <div className={classes.lane} onClick={go}>
            {content}
            <span className={classes.now} style={{ left: share(at) }} aria-hidden />
          </div>
        </div>
      ))}
      {recordings.length > 0 && (
        <section aria-label={t('Recordings')}>
          {recordings.map(({ name, from, to }) => (
            <div key={`${name} ${from}`} className={classes.row}>
              <RecordingLane
                source={`/api/calls/${callId}/recordings/${encodeURIComponent(name)}`}
                name={name}
                from={from}
                left={share(from)}
                width={`${(((to ?? from) - from) / length) * 100}%`}
                onMoment={onMoment}
              >
                <span className={classes.now} style={{ left: share(at) }} aria-hidden />
              </RecordingLane>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}
