import type { AuditItem } from '../api/types.js';
import { msg } from '../i18n/i18n.js';

/** What is written down of: the beginning of an action, how a person calls it, and where it is to be seen. */
export const NOUNS: Readonly<Record<string, { readonly label: string; readonly page: (id: string) => string }>> = {
  scenario: { label: msg('Scenario'), page: (id) => `/scenarios/${id}` },
  number: { label: msg('Number'), page: () => '/numbers' },
  call: { label: msg('Call'), page: (id) => `/calls/${id}` },
  fax: { label: msg('Fax'), page: (id) => `/faxes/${id}` },
  'fax-document': { label: msg('Fax document'), page: () => '/faxes' },
  media: { label: msg('Media file'), page: () => '/media' },
  schedule: { label: msg('Schedule'), page: () => '/schedules' },
  phone: { label: msg('Phone'), page: () => '/phones' },
  trunk: { label: msg('Trunk'), page: () => '/trunks' },
  limits: { label: msg('Limits'), page: () => '/limits' },
  user: { label: msg('User'), page: () => '/users' },
  token: { label: msg('API token'), page: () => '/tokens' },
  secret: { label: msg('Secret'), page: () => '/secrets' },
  environment: { label: msg('Environment'), page: (id) => `/environments/${id}` },
  webhook: { label: msg('Webhook'), page: (id) => `/webhooks/${id}` },
  workspace: { label: msg('Workspace'), page: () => '/about' },
};

/** What was done; an action that is not here is shown as it is. */
export const VERBS: Readonly<Record<string, string>> = {
  created: msg('created'),
  updated: msg('changed'),
  deleted: msg('deleted'),
  published: msg('published'),
  promoted: msg('given another version'),
  'password-changed': msg('given a new password'),
  'link-made': msg('given a link for a telephone'),
  placed: msg('placed'),
  listened: msg('listened to'),
  'hang-up': msg('hung up'),
  hold: msg('put on hold'),
  resume: msg('taken off hold'),
  'send-digits': msg('sent digits'),
  'send-message': msg('sent a message'),
  transfer: msg('transferred'),
  'go-to': msg('moved to a node'),
  'start-recording': msg('recorded from then on'),
  'stop-recording': msg('recorded no longer'),
  queued: msg('queued'),
  cancelled: msg('cancelled'),
};

export interface Deed {
  /** Key of `NOUNS`, or whatever the action begins with. */
  readonly noun: string;
  /** Key of `VERBS`, or whatever the action ends with. */
  readonly verb: string;
  /** How a person calls the one thing; its id when nothing better is known. */
  readonly name: string;
}

const NAMES = ['name', 'pattern', 'username', 'url', 'email', 'to'];

export function deedOf({ action, target, before, after }: AuditItem): Deed {
  const dot = action.indexOf('.');
  const known = { ...before, ...after };
  const name = NAMES.map((key) => known[key]).find((value): value is string => typeof value === 'string');
  return { noun: action.slice(0, dot), verb: action.slice(dot + 1), name: name ?? target };
}

export interface Change {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

const text = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
/** Of every object, and never what somebody changed. */
const BORING = new Set(['id', 'workspaceId', 'createdAt', 'updatedAt']);

/** What is different afterwards, field by field. */
export function changesOf({ before, after }: Pick<AuditItem, 'before' | 'after'>): readonly Change[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((field) => !BORING.has(field))
    .map((field) => ({ field, before: text(before?.[field]), after: text(after?.[field]) }))
    .filter((change) => change.before !== change.after);
}
