import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock } from '../app/format.js';
import type { LoggedEvent } from '../api/types.js';
import { describeEvent } from './describeEvent.js';
import classes from './Timeline.module.css';

export interface TimelineProps {
  readonly events: readonly LoggedEvent[];
  /** Which event has just happened; those after it are still to come. Without: all have. */
  readonly index?: number;
  /** Without: nothing is gone to. */
  readonly onIndex?: (index: number) => void;
}

/** What happened, moment by moment; each leads to its moment. The time is counted from the beginning of the call. */
export function Timeline({ events, index = events.length, onIndex }: TimelineProps) {
  const { t, i18n } = useTranslation();
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const [item, list] = [current.current, current.current?.closest('section')];
    if (!item || !list || list.scrollHeight <= list.clientHeight) return;
    const [inner, outer] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top + 50 || inner.bottom > outer.bottom)
      list.scrollTop += inner.top - outer.top - outer.height / 2;
  }, [index]);
  // A recording that plays moves the index many times a second.
  const words = useMemo(() => events.map(describeEvent), [events, i18n.language]);
  const [first] = events;
  if (!first) return null;
  const began = new Date(first.at).getTime();
  return (
    <ol className={classes.timeline} aria-label={t('Timeline of the call')} data-testid="timeline">
      {events.map((event, at) => {
        const { tone, title, detail } = words[at]!;
        return (
          <li
            key={event.seq}
            ref={at === index ? current : undefined}
            className={classes.event}
            data-tone={tone}
            data-event={event.name}
            data-current={at === index || undefined}
            data-later={at > index || undefined}
          >
            <time className={classes.time} dateTime={event.at} title={formatClock(event.at)}>
              {((new Date(event.at).getTime() - began) / 1000).toFixed(2)}
            </time>
            <span className={classes.mark} aria-hidden />
            <span className={classes.words}>
              {onIndex ? (
                <button
                  type="button"
                  className={classes.node}
                  aria-current={at === index || undefined}
                  onClick={() => onIndex(at)}
                >
                  {title}
                </button>
              ) : (
                <span className={classes.title}>{title}</span>
              )}
              {detail !== null && <span className={classes.detail}>{detail}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
