import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallFigures } from '../../api/types.js';
import { formatDuration, formatNumber, formatPercent } from '../../app/format.js';
import type { LiveCalls } from '../liveCalls.js';
import classes from './Wallboard.module.css';

/** The numbers that are read from across the room. */
export function Figures({ live, figures }: { live: LiveCalls; figures: CallFigures | null }) {
  const { t } = useTranslation();
  const { at, calls, states } = useSyncExternalStore(live.subscribe, live.board);
  const talking = (states.answered ?? 0) + (states.transferred ?? 0);
  const waiting = (states.incoming ?? 0) + (states.ringing ?? 0) + (states.calling ?? 0);
  return (
    <dl className={classes.figures}>
      <Figure label={t('Calls now')} value={at === '' ? '—' : formatNumber(calls)} live={calls > 0}>
        {t('{{talking}} answered, {{waiting}} ringing, {{held}} on hold', {
          talking: formatNumber(talking),
          waiting: formatNumber(waiting),
          held: formatNumber(states.held ?? 0),
        })}
      </Figure>
      <Figure label={t('Calls in the last hour')} value={figures ? formatNumber(figures.calls) : '—'}>
        {figures && <Minutes figures={figures} />}
      </Figure>
      <Figure
        label={t('Answered')}
        value={figures && figures.calls > 0 ? formatPercent(figures.answered / figures.calls) : '—'}
      >
        {figures &&
          t('{{answered}} of {{calls}}', {
            answered: formatNumber(figures.answered),
            calls: formatNumber(figures.calls),
          })}
      </Figure>
      <Figure
        label={t('Mean length')}
        value={figures !== null && figures.talkMs !== null ? formatDuration(figures.talkMs) : '—'}
      >
        {t('of answered calls that ended')}
      </Figure>
    </dl>
  );
}

function Figure({
  label,
  value,
  live = false,
  children,
}: {
  label: string;
  value: string;
  live?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={classes.figure}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value} data-live={live || undefined}>
        {value}
      </dd>
      <dd className={classes.note}>{children}</dd>
    </div>
  );
}

const HOUR = 60;
const HEIGHT = 30;

/** A bar for each minute of the last hour: the calls, and within them those that were answered. */
function Minutes({ figures }: { figures: CallFigures }) {
  const { t } = useTranslation();
  const first = Math.floor(new Date(figures.since).getTime() / 60_000);
  const most = Math.max(1, ...figures.minutes.map(({ calls }) => calls));
  return (
    <svg
      className={classes.minutes}
      viewBox={`0 0 ${HOUR * 4} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('Calls for each minute of the last hour, at most {{most}}', { most: formatNumber(most) })}
    >
      {figures.minutes.map(({ minute, calls, answered }) => {
        const x = 4 * (Math.floor(new Date(minute).getTime() / 60_000) - first);
        const [whole, part] = [(HEIGHT * calls) / most, (HEIGHT * answered) / most];
        return (
          <g key={minute}>
            <rect x={x} y={HEIGHT - whole} width={3} height={whole} className={classes.missed} />
            <rect x={x} y={HEIGHT - part} width={3} height={part} className={classes.taken} />
          </g>
        );
      })}
    </svg>
  );
}
