import { minSessionExpiresOf, sessionExpiresOf } from '../message/fields.js';
import type { SipRequest } from '../message/message.js';

/** RFC 4028 section 4: nobody may ask for less, in seconds. */
export const MIN_SESSION_EXPIRES_S = 90;

export type SessionTimerAnswer =
  /** The caller did not ask: no timer. */
  | { readonly use: 'none' }
  /** 422 with Min-SE. */
  | { readonly use: 'too-small'; readonly minSeconds: number }
  | { readonly use: 'timer'; readonly seconds: number; readonly refresher: 'uac' | 'uas' };

/** What we answer to Session-Expires (RFC 4028 section 9): the caller refreshes unless it cannot or wants us to. */
export function answerSessionTimer(request: SipRequest): SessionTimerAnswer {
  const asked = sessionExpiresOf(request);
  if (!asked) return { use: 'none' };
  const theirMin = minSessionExpiresOf(request) ?? 0;
  const supported =
    request.headers.tags('Supported').includes('timer') || request.headers.tags('Require').includes('timer');
  if (asked.seconds < MIN_SESSION_EXPIRES_S && supported)
    return { use: 'too-small', minSeconds: MIN_SESSION_EXPIRES_S };
  const seconds = Math.min(Math.max(asked.seconds, MIN_SESSION_EXPIRES_S, theirMin), 86_400);
  return { use: 'timer', seconds, refresher: supported ? (asked.refresher ?? 'uac') : 'uas' };
}

/** When the refresher refreshes and when the other side gives the session up (RFC 4028 section 10), as times of the clock. */
export function sessionDeadlines(now: number, seconds: number): { refreshAt: number; endAt: number } {
  return { refreshAt: now + seconds * 500, endAt: now + seconds * 1000 - Math.min(32_000, (seconds * 1000) / 3) };
}
