import type { Clock } from '@callwright/kernel';
import type { UnderWay } from './leg-operations.js';

/** How long the end of a leg waits for what is under way on it. */
const SETTLE_MS = 90;

/** Everything that is under way on a leg. */
export class Ongoing {
  readonly #clock: Clock;
  readonly #all = new Set<UnderWay<unknown>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  watch(underWay: UnderWay<unknown>): void {
    this.#all.add(underWay);
    const done = () => this.#all.delete(underWay);
    underWay.result.then(done, done);
  }

  expectEnd(): void {
    for (const underWay of [...this.#all]) underWay.expectEnd();
  }

  /** Resolves when all of it has ended, or has had its time to: 90 ms, unless something says that it needs longer. */
  async settled(): Promise<void> {
    if (this.#all.size === 0) return;
    const results = [...this.#all].map(({ result }) => result);
    const most = Math.max(...[...this.#all].map(({ settleMs = SETTLE_MS }) => settleMs));
    let stop = () => undefined as void;
    const patience = new Promise<void>((resolve) => (stop = this.#clock.at(this.#clock.now() + most, resolve)));
    await Promise.race([Promise.allSettled(results), patience]);
    stop();
    // Who waits for those results tells their end before the leg's is told.
    await Promise.resolve();
  }
}
