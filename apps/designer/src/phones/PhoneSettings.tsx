import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import type { Phone } from '../api/types.js';
import { Copyable } from '../ui/Copyable.js';
import { sipAddress } from './sipAddress.js';
import classes from './PhoneSettings.module.css';

/** What to write into a softphone or a desk phone so that it registers as this one. `password`: only while it is known. */
export function PhoneSettings({ phone, password = null }: { phone: Phone; password?: string | null }) {
  const { t } = useTranslation();
  const { data: version } = useQuery(queries.version());
  const rows: readonly (readonly [string, string, boolean])[] = [
    [t('Server, domain or registrar'), sipAddress(version?.sip, window.location.hostname), true],
    [t('Username'), phone.username, true],
    [t('Password'), password ?? t('the one that you gave it'), password !== null],
    [t('Realm'), phone.realm, true],
    [t('Transport'), t('UDP or TCP'), false],
  ];
  return (
    <dl className={classes.settings}>
      {rows.map(([label, value, copyable]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{copyable ? <Copyable value={value} label={label} /> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
