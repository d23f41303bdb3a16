import {
  IconActivityHeartbeat,
  IconAddressBook,
  IconCalendarTime,
  IconFingerprint,
  IconHash,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconLock,
  IconMusic,
  IconPrinter,
  IconRoute,
  IconServer2,
  IconShieldCheck,
  IconStack2,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import type { Role } from '../api/types.js';
import { msg } from '../i18n/i18n.js';

export interface Place {
  readonly to: string;
  /** Marked by `msg`. */
  readonly label: string;
  readonly icon: typeof IconRoute;
  /** Only this very address is it, not what lies below. */
  readonly end?: boolean;
  /** Who may open it; everybody when absent. */
  readonly role?: Role;
}

/** The rail at the left: what is drawn, what happens, what it needs, and who may. */
export const navigation: readonly { readonly title: string; readonly places: readonly Place[] }[] = [
  {
    title: msg('Build'),
    places: [
      { to: '/scenarios', label: msg('Scenarios'), icon: IconRoute },
      { to: '/media', label: msg('Media'), icon: IconMusic },
      { to: '/schedules', label: msg('Schedules'), icon: IconCalendarTime },
    ],
  },
  {
    title: msg('Calls'),
    places: [
      { to: '/calls/live', label: msg('Live'), icon: IconActivityHeartbeat },
      { to: '/calls', label: msg('History'), icon: IconHistory, end: true },
      { to: '/faxes', label: msg('Faxes'), icon: IconPrinter },
    ],
  },
  {
    title: msg('Telephony'),
    places: [
      { to: '/numbers', label: msg('Numbers'), icon: IconHash },
      { to: '/phones', label: msg('Phones'), icon: IconAddressBook },
      { to: '/trunks', label: msg('Trunks'), icon: IconServer2 },
      { to: '/environments', label: msg('Environments'), icon: IconStack2 },
      { to: '/limits', label: msg('Limits'), icon: IconShieldCheck },
    ],
  },
  {
    title: msg('Settings'),
    places: [
      { to: '/users', label: msg('Users'), icon: IconUsers, role: 'admin' },
      { to: '/tokens', label: msg('API tokens'), icon: IconKey, role: 'admin' },
      { to: '/secrets', label: msg('Secrets'), icon: IconLock, role: 'admin' },
      { to: '/webhooks', label: msg('Webhooks'), icon: IconWebhook, role: 'admin' },
      { to: '/audit', label: msg('Audit'), icon: IconFingerprint, role: 'admin' },
      { to: '/about', label: msg('About'), icon: IconInfoCircle },
    ],
  },
];
