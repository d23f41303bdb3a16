import { formatClock } from '../app/format.js';
import type { LoggedEvent } from '../api/types.js';
import { describeEvent } from './describeEvent.js';
import classes from './Timeline.module.css';

/** What happened, moment by moment. The time is counted from the beginning of the call. */
export function Timeline({ events, onNode }: { events: readonly LoggedEvent[]; onNode: (node: string) => void }) {
  const [first] = events;
  if (!first) return null;
  const began = new Date(first.at).getTime();
  return (
    <ol className={classes.timeline} aria-label="Timeline of the call" data-testid="timeline">
      {events.map((event) => {
        const { tone, title, detail } = describeEvent(event);
        const node = typeof event['node'] === 'string' ? event['node'] : null;
        return (
          <li key={event.seq} className={classes.event} data-tone={tone} data-event={event.name}>
            <time className={classes.time} dateTime={event.at} title={formatClock(event.at)}>
              {((new Date(event.at).getTime() - began) / 1000).toFixed(2)}
            </time>
            <span className={classes.mark} aria-hidden />
            <span className={classes.words}>
              {node !== null && event.name.startsWith('node.') ? (
                <button type="button" className={classes.node} onClick={() => onNode(node)}>
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
