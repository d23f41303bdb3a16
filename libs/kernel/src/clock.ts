import type { Unsubscribe } from './topic.js';

/** Time comes in: pure code never reads a clock of its own. Times are milliseconds since the epoch (UTC). */
export interface Clock {
  now(): number;
  /** Runs `task` once, not before `at` (ms since the epoch). The returned function cancels it. */
  at(at: number, task: () => void): Unsubscribe;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** A clock that moves only when told: thirty-two seconds of retransmissions pass in a microsecond. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  #timers: Timer[] = [];

  constructor(start = 0) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  at(at: number, task: () => void): Unsubscribe {
    const timer = { at: Math.max(at, this.#now), order: this.#order++, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** The time of the next timer, or undefined when nothing waits. */
  next(): number | undefined {
    return this.#earliest()?.at;
  }

  /** Moves to `to`, running every timer that is due on the way in the order of its time. */
  advanceTo(to: number): void {
    for (;;) {
      const timer = this.#earliest();
      if (!timer || timer.at > to) break;
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.task();
    }
    this.#now = Math.max(this.#now, to);
  }

  advance(ms: number): void {
    this.advanceTo(this.#now + ms);
  }

  #earliest() {
    let best: Timer | undefined;
    for (const timer of this.#timers) {
      if (!best || timer.at < best.at || (timer.at === best.at && timer.order < best.order)) best = timer;
    }
    return best;
  }
}

/** Waits on a clock; rejects with the signal's reason when it aborts first. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const onAbort = () => {
      cancel();
      reject(signal?.reason as Error);
    };
    const cancel = clock.at(clock.now() + ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
