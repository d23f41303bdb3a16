/**
 * One piece of work that several callers wait for. It is given up when the last of them has gone, and not before.
 * A caller goes by its signal, or when its own time is over.
 */
export class SharedJob<T> {
  readonly #abort = new AbortController();
  readonly #result: Promise<T>;
  #callers = 0;
  #urgentCallers = 0;

  constructor(work: (signal: AbortSignal, urgent: () => boolean) => Promise<T>) {
    this.#result = work(this.#abort.signal, () => this.#urgentCallers > 0);
    // Callers that have gone no longer listen; those who wait hear it from `wait`.
    this.#result.catch(() => undefined);
  }

  /** Given up: nobody may join it any more. */
  get abandoned(): boolean {
    return this.#abort.signal.aborted;
  }

  async wait(options: {
    urgent: boolean;
    timeoutMs: number;
    timeout: () => Error;
    signal?: AbortSignal | undefined;
  }): Promise<T> {
    const { urgent, signal } = options;
    this.#callers += 1;
    if (urgent) this.#urgentCallers += 1;
    let cleanUp = () => {};
    try {
      const gone = new Promise<never>((_, reject) => {
        const timer = setTimeout(() => reject(options.timeout()), options.timeoutMs);
        const onAbort = () => reject(signal?.reason as Error);
        signal?.addEventListener('abort', onAbort, { once: true });
        cleanUp = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
        };
      });
      return await Promise.race([this.#result, gone]);
    } finally {
      cleanUp();
      this.#callers -= 1;
      if (urgent) this.#urgentCallers -= 1;
      if (this.#callers === 0) this.#abort.abort(new Error('Nobody waits for it any more.'));
    }
  }
}
