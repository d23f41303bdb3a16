import { Tooltip } from '@mantine/core';
import { IconPhoneFilled } from '@tabler/icons-react';
import { createContext, memo, useContext, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatNumber } from '../../app/format.js';
import { dwellOf } from '../../live/board.js';
import { followCall } from '../../live/followed.js';
import { FAILURE_SHOWN_MS, type LiveCalls, type NodeCalls } from '../../live/liveCalls.js';
import { useNow } from '../../ui/useNow.js';
import classes from './LiveBadges.module.css';

/** The live calls of the scenario that is drawn; null where none are shown. */
export const LiveContext = createContext<LiveCalls | null>(null);

const MOST_DOTS = 6;

/** The calls that stand at a node: a dot each while they are few, a number when many; and what went wrong there a moment ago. */
export const LiveBadges = memo(function LiveBadges({ node }: { node: string }) {
  const live = useContext(LiveContext);
  return live ? <Badges live={live} node={node} /> : null;
});

function Badges({ live, node }: { live: LiveCalls; node: string }) {
  const here = useSyncExternalStore(live.subscribe, () => live.at(node));
  const failure = useSyncExternalStore(live.subscribe, () => live.failureAt(node));
  return (
    <>
      {here.calls > 0 && <Calls node={node} here={here} />}
      {failure && <Failed key={failure.at} {...failure} />}
    </>
  );
}

function Calls({ node, here }: { node: string; here: NodeCalls }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  const { calls, since, some } = here;
  const longest = since === null ? 0 : Math.max(0, now - new Date(since).getTime());
  const word = t('{{count}} calls are here', { count: calls });
  return (
    <div className={classes.badges} data-testid={`live-${node}`} role="group" aria-label={word}>
      {calls > MOST_DOTS || some.length < calls ? (
        <Tooltip label={`${word} · ${t('the longest for {{time}}', { time: formatDuration(longest) })}`}>
          <button
            type="button"
            className={classes.many}
            data-dwell={since === null ? 'short' : dwellOf(since, now)}
            onClick={() => some[0] && followCall(some.at(-1)!.id)}
          >
            <IconPhoneFilled size={11} aria-hidden />
            {formatNumber(calls)}
          </button>
        </Tooltip>
      ) : (
        some.map((call) => (
          <Tooltip
            key={call.id}
            label={`${call.from} → ${call.to} · ${formatDuration(now - new Date(call.since).getTime())}`}
          >
            <button
              type="button"
              className={classes.dot}
              data-dwell={dwellOf(call.since, now)}
              aria-label={t('Follow the call from {{from}}', { from: call.from })}
              onClick={() => followCall(call.id)}
            >
              <IconPhoneFilled size={11} aria-hidden />
            </button>
          </Tooltip>
        ))
      )}
    </div>
  );
}

function Failed({ outcome, calls, at }: { outcome: string; calls: number; at: number }) {
  const { t } = useTranslation();
  const now = useNow(1000);
  if (now - at > FAILURE_SHOWN_MS) return null;
  return (
    <div className={classes.failed} role="status">
      {calls === 1 ? outcome : t('{{outcome}} × {{calls}}', { outcome, calls: formatNumber(calls) })}
    </div>
  );
}
