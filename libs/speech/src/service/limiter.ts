interface Waiting {
  readonly urgent: () => boolean;
  readonly start: () => void;
}

/** Lets so many tasks run at once; the others wait in line, those for a caller on the phone in front. */
export class Limiter {
  readonly #places: number;
  #running = 0;
  #line: Waiting[] = [];

  constructor(places: number) {
    this.#places = places;
  }

  get waiting(): number {
    return this.#line.length;
  }

  /** `urgent` is asked when a place is free: what was prepared at leisure may have become a call's need. Rejects with the signal's reason. */
  async run<T>(task: () => Promise<T>, urgent: () => boolean, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#running >= this.#places) await this.#place(urgent, signal);
    else this.#running += 1;
    try {
      return await task();
    } finally {
      const next = this.#line.find((waiting) => waiting.urgent()) ?? this.#line[0];
      if (next) {
        this.#leave(next);
        next.start();
      } else this.#running -= 1;
    }
  }

  #place(urgent: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#leave(waiting);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        urgent,
        start: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#line.push(waiting);
    });
  }

  #leave(waiting: Waiting): void {
    this.#line = this.#line.filter((other) => other !== waiting);
  }
}
