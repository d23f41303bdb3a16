import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../../api/queries.js';
import { formatNumber } from '../../app/format.js';
import { trunkStateNames } from '../../trunks/words.js';
import { Sheet } from '../../ui/Sheet.js';
import classes from './Wallboard.module.css';

/** Whether the lines to the outside stand, and how many phones are there. */
export function Trunks() {
  const { t } = useTranslation();
  const trunks = useQuery(queries.trunks());
  const phones = useQuery(queries.phones());
  const there = (phones.data ?? []).filter(({ registered }) => registered.length > 0).length;
  return (
    <Sheet padded label={t('Lines')}>
      <h2 className={classes.heading}>{t('Lines')}</h2>
      <ul className={classes.lines}>
        {(trunks.data ?? []).map(({ id, name, state, reason }) => (
          <li key={id} data-state={state}>
            <Link to="/trunks" className="row-link">
              {name}
            </Link>
            <span title={reason ?? undefined}>{t(trunkStateNames[state])}</span>
          </li>
        ))}
        <li data-state={there > 0 ? 'registered' : 'unregistered'}>
          <Link to="/phones" className="row-link">
            {t('Phones')}
          </Link>
          <span>
            {t('{{there}} of {{all}} registered', {
              there: formatNumber(there),
              all: formatNumber(phones.data?.length ?? 0),
            })}
          </span>
        </li>
      </ul>
    </Sheet>
  );
}
