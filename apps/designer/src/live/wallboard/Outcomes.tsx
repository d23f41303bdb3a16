import { useTranslation } from 'react-i18next';
import type { CallFigures } from '../../api/types.js';
import { formatNumber } from '../../app/format.js';
import { Sheet } from '../../ui/Sheet.js';
import { causeNames } from '../words.js';
import classes from './Wallboard.module.css';

/** How the calls of the last hour ended. */
export function Outcomes({ figures }: { figures: CallFigures | null }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...(figures?.causes ?? []).map(({ calls }) => calls));
  return (
    <Sheet padded label={t('How calls ended')}>
      <h2 className={classes.heading}>{t('How calls ended')}</h2>
      {figures?.causes.length ? (
        <ul className={classes.bars}>
          {figures.causes.map(({ cause, calls }) => (
            <li key={cause}>
              <span>{t(causeNames[cause])}</span>
              <span className="tabular">{formatNumber(calls)}</span>
              <span className={classes.bar} data-bad={cause !== 'normal' || undefined} aria-hidden>
                <span style={{ width: `${(100 * calls) / most}%` }} />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.none}>{t('No call has ended in the last hour.')}</p>
      )}
    </Sheet>
  );
}
