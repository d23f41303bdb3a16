import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { msg } from '../i18n/i18n.js';
import type { Fax, FaxState } from './faxes.js';

export const FAX_STATE_WORDS: Readonly<Record<FaxState, { readonly label: string; readonly color: string }>> = {
  queued: { label: msg('Waits'), color: 'gray' },
  dialing: { label: msg('Is dialling'), color: 'blue' },
  sending: { label: msg('Sends'), color: 'blue' },
  receiving: { label: msg('Receives'), color: 'blue' },
  sent: { label: msg('Sent'), color: 'green' },
  received: { label: msg('Received'), color: 'green' },
  failed: { label: msg('Failed'), color: 'red' },
  cancelled: { label: msg('Cancelled'), color: 'gray' },
};

/** How a fax stands, in a word. */
export function FaxBadge({ fax }: { fax: Pick<Fax, 'state'> }) {
  const { t } = useTranslation();
  const { label, color } = FAX_STATE_WORDS[fax.state];
  return (
    <Badge color={color} variant="light">
      {t(label)}
    </Badge>
  );
}
