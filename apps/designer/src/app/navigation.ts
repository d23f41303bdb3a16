import {
  IconActivityHeartbeat,
  IconAddressBook,
  IconCalendarTime,
  IconHash,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconLock,
  IconMusic,
  IconRoute,
  IconServer2,
  IconShieldCheck,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import type { Role } from '../api/types.js';

export interface Place {
  readonly to: string;
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
    title: 'Build',
    places: [
      { to: '/scenarios', label: 'Scenarios', icon: IconRoute },
      { to: '/media', label: 'Media', icon: IconMusic },
      { to: '/schedules', label: 'Schedules', icon: IconCalendarTime },
    ],
  },
  {
    title: 'Calls',
    places: [
      { to: '/calls/live', label: 'Live', icon: IconActivityHeartbeat },
      { to: '/calls', label: 'History', icon: IconHistory, end: true },
    ],
  },
  {
    title: 'Connect',
    places: [
      { to: '/numbers', label: 'Numbers', icon: IconHash },
      { to: '/phones', label: 'Phones', icon: IconAddressBook },
      { to: '/trunks', label: 'Trunks', icon: IconServer2 },
      { to: '/limits', label: 'Limits', icon: IconShieldCheck },
    ],
  },
  {
    title: 'Settings',
    places: [
      { to: '/users', label: 'Users', icon: IconUsers, role: 'admin' },
      { to: '/tokens', label: 'API tokens', icon: IconKey, role: 'admin' },
      { to: '/secrets', label: 'Secrets', icon: IconLock, role: 'admin' },
      { to: '/webhooks', label: 'Webhooks', icon: IconWebhook, role: 'admin' },
      { to: '/about', label: 'About', icon: IconInfoCircle },
    ],
  },
];
