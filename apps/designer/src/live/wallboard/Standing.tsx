import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDuration, formatNumber } from '../../app/format.js';
import { Sheet } from '../../ui/Sheet.js';
import { useNow } from '../../ui/useNow.js';
import { dwellOf } from '../board.js';
import type { LiveCalls } from '../liveCalls.js';
import classes from './Wallboard.module.css';

const MOST = 8;

/** The nodes where most calls stand, and how long the first of them has been waiting there. */
export function Standing({ live, names }: { live: LiveCalls; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  const { nodes } = useSyncExternalStore(live.subscribe, live.board);
  const now = useNow(1000);
  const busiest = nodes.toSorted((a, b) => b.calls - a.calls).slice(0, MOST);
  return (
    <Sheet padded label={t('Where calls stand')}>
      <h2 className={classes.heading}>{t('Where calls stand')}</h2>
      {busiest.length === 0 ? (
        <p className={classes.none}>{t('Nobody waits anywhere.')}</p>
      ) : (
        <ul className={classes.bars}>
          {busiest.map(({ scenarioId, node, calls, since }) => (
            <li key={`${scenarioId} ${node}`}>
              <Link to={`/scenarios/${scenarioId}`} className="row-link">
                <span className="mono">{node}</span> · {names.get(scenarioId) ?? scenarioId}
              </Link>
              <span className={classes.waits}>
                <b className="tabular">{formatNumber(calls)}</b>
                {since !== null && (
                  <span className={classes.since} data-dwell={dwellOf(since, now)}>
                    {formatDuration(now - new Date(since).getTime())}
                  </span>
                )}
              </span>
              <span className={classes.bar} aria-hidden>
                <span style={{ width: `${(100 * calls) / busiest[0]!.calls}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}
