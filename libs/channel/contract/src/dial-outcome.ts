import type { DialResult } from './channel.js';
import type { CallCause } from './words.js';

/** What an attempt that was not answered comes to, by the cause with which its leg ended. The same for every adapter. */
export function dialOutcome(cause: CallCause): DialResult {
  switch (cause) {
    case 'busy':
    case 'no-answer':
    case 'cancelled':
      return { outcome: cause, cause };
    default:
      return { outcome: 'failed', cause };
  }
}
