import type { Clock } from '@callwright/kernel';

/** One timer that is set anew as often as needed; setting it to the time that it has costs nothing. */
export class Timer {
  readonly #clock: Clock;
  readonly #task: () => void;
  #at: number | null = null;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, task: () => void) {
    this.#clock = clock;
    this.#task = task;
  }

  /** Runs the task at `at`; null: not at all. */
  set(at: number | null): void {
    if (at === this.#at) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#at = at;
    if (at === null) return;
    this.#cancel = this.#clock.at(at, () => {
      this.#at = null;
      this.#cancel = null;
      this.#task();
    });
  }

  clear(): void {
    this.set(null);
  }
}
