import type { Clock } from '@callwright/kernel';
import type { DigitQueue } from './channel.js';

/** Digits that nobody takes are kept up to here; what is pressed then is lost. */
export const DIGIT_QUEUE_LIMIT = 256;

/** The adapter's end of a digit queue: the far end's keys go in here. */
export interface DigitInbox extends DigitQueue {
  /** A key was pressed and let go. */
  push(digit: string): void;
  /**
   * Lets an operation (a recording, a conference) see every digit before it is queued; a digit for which it gives true is its
   * own and is not queued. The latest listener is asked first, but after those that are `owed` a key: they saw it go down already
   * and wait for it to be let go. The returned function ends it.
   */
  intercept(listener: (digit: string) => boolean, options?: { readonly owed?: boolean }): () => void;
  /** The leg has ended: who waits gets null, and nothing more is queued. What was pressed before can still be taken. */
  close(): void;
}

interface Listener {
  readonly takes: (digit: string) => boolean;
  readonly owed: boolean;
}

interface Taker {
  readonly give: (digit: string | null) => void;
}

/** The type-ahead buffer of one leg, the same for every adapter. Takers are served in the order in which they came. */
export function createDigitQueue(clock: Clock, limit = DIGIT_QUEUE_LIMIT): DigitInbox {
  let waiting: string[] = [];
  let takers: Taker[] = [];
  let listeners: readonly Listener[] = [];
  let closed = false;

  const take = (timeoutMs: number, signal: AbortSignal): Promise<string | null> => {
    if (signal.aborted) return Promise.resolve(null);
    const first = waiting.shift();
    if (first !== undefined) return Promise.resolve(first);
    if (closed || timeoutMs <= 0) return Promise.resolve(null);
    return new Promise((resolve) => {
      const onAbort = () => taker.give(null);
      const stopTimer = timeoutMs === Infinity ? () => {} : clock.at(clock.now() + timeoutMs, () => taker.give(null));
      const taker: Taker = {
        give(digit) {
          takers = takers.filter((other) => other !== taker);
          stopTimer();
          signal.removeEventListener('abort', onAbort);
          resolve(digit);
        },
      };
      takers.push(taker);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  };

  return {
    get length() {
      return waiting.length;
    },
    get waiting() {
      return waiting.join('');
    },
    take,
    poll: () => waiting.shift() ?? null,
    clear() {
      waiting = [];
    },
    push(digit) {
      if (closed) return;
      const latestFirst = [...listeners].reverse();
      const asked = [...latestFirst.filter(({ owed }) => owed), ...latestFirst.filter(({ owed }) => !owed)];
      if (asked.some(({ takes }) => takes(digit))) return;
      const taker = takers[0];
      if (taker) taker.give(digit);
      else if (waiting.length < limit) waiting.push(digit);
    },
    intercept(takes, { owed = false } = {}) {
      const listener: Listener = { takes, owed };
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
    close() {
      closed = true;
      listeners = [];
      for (const taker of takers) taker.give(null);
    },
  };
}
