/** What others need to know of an operation: when it is over. */
export interface Running {
  cleanup(task: () => void): void;
}

/** Something under way: it settles once, and takes its timers and listeners with it. */
export class Operation<T> implements Running {
  readonly result: Promise<T>;
  #settle: ((value: T) => void) | null = null;
  #cleanups: (() => void)[] = [];

  constructor() {
    this.result = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get running(): boolean {
    return this.#settle !== null;
  }

  /** Runs when the operation settles; at once if it has. */
  cleanup(task: () => void): void {
    if (this.running) this.#cleanups.push(task);
    else task();
  }

  onAbort(signal: AbortSignal, task: () => void): void {
    if (signal.aborted) return task();
    signal.addEventListener('abort', task, { once: true });
    this.cleanup(() => signal.removeEventListener('abort', task));
  }

  /** Settles with what `value` gives; later calls do nothing. Cleanups run first, so that they can tell their end. */
  finish(value: () => T): void {
    const settle = this.#settle;
    if (!settle) return;
    this.#settle = null;
    for (const task of this.#cleanups) task();
    settle(value());
  }
}
