import type { DigitQueue } from '@callwright/channel-contract';
import type { Reply } from '../running/ask.js';

export interface Choice {
  readonly digits: string;
  readonly outcome: string;
}

/** Ends an entry that could go on, such as 1 where there is also 12. */
const ENTER = '#';

/**
 * Listens for one of the keys. Where one key is the beginning of a longer one, it waits for more until `interDigitTimeoutMs`
 * passes without a digit or # is pressed.
 */
export async function choose(
  queue: DigitQueue,
  keys: ReadonlyMap<string, string>,
  timeouts: { readonly timeoutMs: number; readonly interDigitTimeoutMs: number },
  signal: AbortSignal,
): Promise<Reply<Choice>> {
  let digits = '';
  for (;;) {
    const digit = await queue.take(digits === '' ? timeouts.timeoutMs : timeouts.interDigitTimeoutMs, signal);
    if (digit === null && digits === '') return { kind: 'no-input' };
    const ends = digit === null || (digit === ENTER && digits !== '' && !canGoOn(keys, digits + digit));
    if (!ends) digits += digit;
    if (!ends && goesFurther(keys, digits)) continue;
    const outcome = keys.get(digits);
    return outcome === undefined ? { kind: 'no-match', digits } : { kind: 'match', match: { digits, outcome } };
  }
}

/** A longer key begins with these digits. */
const goesFurther = (keys: ReadonlyMap<string, string>, digits: string): boolean =>
  [...keys.keys()].some((key) => key.length > digits.length && key.startsWith(digits));

/** These digits are a key, or the beginning of one. */
const canGoOn = (keys: ReadonlyMap<string, string>, digits: string): boolean =>
  keys.has(digits) || goesFurther(keys, digits);
