import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoggedEvent } from '../api/types.js';
import { whyEnded } from './whyEnded.js';
import classes from './WhyEnded.module.css';

/** Why a call ended, in words; each leads to the moment that it rests on. */
export function WhyEnded({ events, onSeq }: { events: readonly LoggedEvent[]; onSeq: (seq: number) => void }) {
  const { t } = useTranslation();
  const clauses = useMemo(() => whyEnded(events), [events]);
  const [first, ...others] = clauses;
  if (!first) return null;
  return (
    <section className={classes.why} aria-label={t('Why it ended')}>
      <button type="button" className={classes.first} onClick={() => onSeq(first.seq)}>
        {first.text}
      </button>
      {others.length > 0 && (
        <ul className={classes.others}>
          {others.map(({ text, seq }) => (
            <li key={seq}>
              <button type="button" className={classes.clause} onClick={() => onSeq(seq)}>
                {text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
