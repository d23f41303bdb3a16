import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import { apiError } from '../errors.js';
import { CLOCK } from '../platform/tokens.js';

const WINDOW_MS = 15 * 60_000;
/** One guesser at one account; one guesser at many; many at one. */
const FAILURES = { pair: 10, address: 100, account: 100 };
const MOST_KEYS = 100_000;

interface Count {
  failures: number;
  until: number;
}

/** Counts failed logins. Failures alone count, so that nobody is kept out by logging in often. */
@Injectable()
export class Attempts {
  readonly #counts = new Map<string, Count>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Throws `auth.too-many-attempts` while one of the counts is full. */
  check(address: string, account: string): void {
    for (const [key, most] of keysOf(address, account)) {
      const count = this.#live(key);
      if (count && count.failures >= most) {
        throw apiError('auth.too-many-attempts', { retryAfterS: Math.ceil((count.until - this.clock.now()) / 1000) });
      }
    }
  }

  failed(address: string, account: string): void {
    if (this.#counts.size > MOST_KEYS) this.#sweep();
    for (const [key] of keysOf(address, account)) {
      const count = this.#live(key);
      if (count) count.failures++;
      else this.#counts.set(key, { failures: 1, until: this.clock.now() + WINDOW_MS });
    }
  }

  succeeded(address: string, account: string): void {
    this.#counts.delete(pairKey(address, account));
  }

  #live(key: string): Count | undefined {
    const count = this.#counts.get(key);
    if (count && count.until <= this.clock.now()) {
      this.#counts.delete(key);
      return undefined;
    }
    return count;
  }

  #sweep(): void {
    for (const key of [...this.#counts.keys()]) this.#live(key);
  }
}

const pairKey = (address: string, account: string) => `pair ${address} ${account}`;
const keysOf = (address: string, account: string) =>
  [
    [pairKey(address, account), FAILURES.pair],
    [`address ${address}`, FAILURES.address],
    [`account ${account}`, FAILURES.account],
  ] as const;
