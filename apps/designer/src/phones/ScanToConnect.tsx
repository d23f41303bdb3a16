import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.js';
import { queries } from '../api/queries.js';
import type { Phone } from '../api/types.js';
import { Problem } from '../ui/Problem.js';
import { QrCode } from '../ui/QrCode.js';
import { sipAddress } from './sipAddress.js';
import classes from './PhoneSettings.module.css';

/** A link holds for ten minutes: a fresh one is there before it ends. */
const FRESH_MS = 8 * 60_000;

/** A QR code from which Linphone on a mobile phone sets itself up, in the same network. */
export function ScanToConnect({ phone }: { phone: Phone }) {
  const { t } = useTranslation();
  const { data: version } = useQuery(queries.version());
  const server = sipAddress(version?.sip, window.location.hostname);
  const link = useQuery({
    queryKey: ['phones', phone.id, 'link', server],
    queryFn: () => post<{ path: string }>(`/phones/${phone.id}/provisioning`, { server }),
    enabled: version !== undefined,
    refetchInterval: FRESH_MS,
    gcTime: 0,
  });
  if (link.error) return <Problem error={link.error} onRetry={() => void link.refetch()} />;
  return (
    <div className={classes.scan}>
      {link.data ? (
        <QrCode
          value={`${window.location.origin}${link.data.path}`}
          label={t('QR code with the settings of {{phone}}', { phone: phone.username })}
        />
      ) : (
        <Skeleton width={208} height={208} />
      )}
      <ol>
        <li>{t('Install Linphone on a mobile phone in the same network.')}</li>
        <li>{t('Choose “Third-party account” or “Fetch remote configuration”, then “Scan QR code”.')}</li>
        <li>{t('It is registered within seconds. The code holds for ten minutes.')}</li>
      </ol>
    </div>
  );
}
