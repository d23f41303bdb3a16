import { sipError } from '../errors.js';
import { isToken, parseUnsigned } from '../grammar.js';
import type { SipMessage } from './message.js';
import type { Headers } from './headers.js';
import { readNameAddr, type NameAddr } from './name-addr.js';
import { readVia, type Via } from './via.js';

/*
 * Typed views of the header fields that the machines need. Each is read when it is asked for; what cannot be read throws
 * `sip.bad-header` with the field's name, what is missing `sip.missing-header`.
 */

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** RFC 3261 section 8.1.1.5: below 2^31. */
export const MAX_CSEQ = 2_147_483_647;
/** RFC 3261 section 20.19: delta-seconds are below 2^32. */
const MAX_SECONDS = 4_294_967_295;

function required<T>(headers: Headers, name: string, read: (value: string) => T | null): T {
  return headers.read(name, () => {
    const value = headers.get(name);
    if (value === undefined) throw sipError('sip.missing-header', undefined, { header: name });
    const made = read(value);
    if (made === null) throw sipError('sip.bad-header', undefined, { header: name });
    return made;
  });
}

function optional<T>(headers: Headers, name: string, read: (value: string) => T | null): T | null {
  return headers.has(name) ? required(headers, name, read) : null;
}

/** Elements of a list header, each of which must be readable. */
function each<T>(headers: Headers, name: string, read: (value: string) => T | null): readonly T[] {
  return headers.read(`${name} each`, () =>
    headers.list(name).map((value) => {
      const made = read(value);
      if (made === null) throw sipError('sip.bad-header', undefined, { header: name });
      return made;
    }),
  );
}

export function readCSeq(value: string): CSeq | null {
  const [number, method, ...rest] = value.split(/[ \t]+/);
  if (number === undefined || method === undefined || rest.length > 0 || !isToken(method)) return null;
  const parsed = parseUnsigned(number, MAX_CSEQ);
  return parsed === null ? null : { number: parsed, method };
}

const readCallId = (value: string) => (/^[^\s]+$/.test(value) ? value : null);

export const fromOf = (message: SipMessage): NameAddr => required(message.headers, 'From', readNameAddr);
export const toOf = (message: SipMessage): NameAddr => required(message.headers, 'To', readNameAddr);
export const callIdOf = (message: SipMessage): string => required(message.headers, 'Call-ID', readCallId);
export const cseqOf = (message: SipMessage): CSeq => required(message.headers, 'CSeq', readCSeq);
export const fromTagOf = (message: SipMessage): string | null => fromOf(message).params.get('tag') ?? null;
export const toTagOf = (message: SipMessage): string | null => toOf(message).params.get('tag') ?? null;

export const viasOf = (message: SipMessage): readonly Via[] => each(message.headers, 'Via', readVia);
export function topViaOf(message: SipMessage): Via {
  return message.headers.read('top via', () => {
    const first = message.headers.list('Via')[0];
    if (first === undefined) throw sipError('sip.missing-header', undefined, { header: 'Via' });
    const via = readVia(first);
    if (!via) throw sipError('sip.bad-header', undefined, { header: 'Via' });
    return via;
  });
}

/** Every contact; `*` alone (RFC 3261 section 10.2.2) gives an empty list, see `isContactStar`. */
export const contactsOf = (message: SipMessage): readonly NameAddr[] =>
  isContactStar(message) ? [] : each(message.headers, 'Contact', readNameAddr);
export const isContactStar = (message: SipMessage): boolean => message.headers.list('Contact').join() === '*';
export const routesOf = (message: SipMessage): readonly NameAddr[] => each(message.headers, 'Route', readNameAddr);
export const recordRoutesOf = (message: SipMessage): readonly NameAddr[] =>
  each(message.headers, 'Record-Route', readNameAddr);

export const maxForwardsOf = (message: SipMessage): number | null =>
  optional(message.headers, 'Max-Forwards', (value) => parseUnsigned(value, 255));
/** In seconds. */
export const expiresOf = (message: SipMessage): number | null =>
  optional(message.headers, 'Expires', (value) => parseUnsigned(value, MAX_SECONDS));
export const minExpiresOf = (message: SipMessage): number | null =>
  optional(message.headers, 'Min-Expires', (value) => parseUnsigned(value, MAX_SECONDS));
/** In seconds; a comment and parameters may follow. */
export const retryAfterOf = (message: SipMessage): number | null =>
  optional(message.headers, 'Retry-After', (value) => parseUnsigned(/^[0-9]*/.exec(value)?.[0] ?? '', MAX_SECONDS));

/** Type and subtype in lower case, without parameters; null without a Content-Type. */
export function contentTypeOf(message: SipMessage): string | null {
  const value = message.headers.get('Content-Type');
  return value === undefined ? null : (value.split(';')[0] ?? '').trim().toLowerCase();
}

/** Min-SE of RFC 4028, in seconds; parameters may follow. What cannot be read is as good as nothing: the session works without. */
export const minSessionExpiresOf = ({ headers }: SipMessage): number | null =>
  parseUnsigned(/^[0-9]*/.exec(headers.get('Min-SE') ?? '')?.[0] ?? '', MAX_SECONDS);

export interface SessionExpires {
  readonly seconds: number;
  readonly refresher: 'uac' | 'uas' | null;
}
/** RFC 4028. */
export const sessionExpiresOf = (message: SipMessage): SessionExpires | null =>
  optional(message.headers, 'Session-Expires', (value) => {
    const seconds = parseUnsigned(/^[0-9]*/.exec(value)?.[0] ?? '', MAX_SECONDS);
    const refresher = /;\s*refresher\s*=\s*(uac|uas)\b/i.exec(value)?.[1]?.toLowerCase() as 'uac' | 'uas' | undefined;
    return seconds === null ? null : { seconds, refresher: refresher ?? null };
  });
