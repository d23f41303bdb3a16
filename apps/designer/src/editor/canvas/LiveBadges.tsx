import { Tooltip } from '@mantine/core';
import { IconPhoneFilled } from '@tabler/icons-react';
import { createContext, memo, useContext, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LiveCalls } from '../../live/liveCalls.js';
import classes from './LiveBadges.module.css';

/** The live calls of the scenario that is drawn; null where none are shown. */
export const LiveContext = createContext<LiveCalls | null>(null);

const MOST_DOTS = 6;

/** The calls that stand at a node: a dot each while they are few, a number when many. */
export const LiveBadges = memo(function LiveBadges({ node }: { node: string }) {
  const live = useContext(LiveContext);
  return live ? <Badges live={live} node={node} /> : null;
});

function Badges({ live, node }: { live: LiveCalls; node: string }) {
  const { t } = useTranslation();
  const calls = useSyncExternalStore(live.subscribe, () => live.at(node));
  if (calls.length === 0) return null;
  const word = t('{{count}} calls are here', { count: calls.length });
  return (
    <div className={classes.badges} data-testid={`live-${node}`} role="status" aria-label={word}>
      {calls.length > MOST_DOTS ? (
        <Tooltip label={word}>
          <span className={classes.many}>
            <IconPhoneFilled size={11} aria-hidden />
            {calls.length}
          </span>
        </Tooltip>
      ) : (
        calls.map((call) => (
          <Tooltip key={call.id} label={`${call.from} → ${call.to}`}>
            <Link
              to={`/calls/${call.id}`}
              className={classes.dot}
              aria-label={t('Call from {{number}}', { number: call.from })}
            >
              <IconPhoneFilled size={11} aria-hidden />
            </Link>
          </Tooltip>
        ))
      )}
    </div>
  );
}
