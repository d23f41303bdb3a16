import type { Clock } from '@callwright/kernel';
import type { LegMedia } from './leg-media.js';
import type { MediaEvent } from './media/port.js';

/** How long the media side may take to stop something; an operation ends within 100 ms of its abort, whatever happens. */
export const STOP_PATIENCE_MS = 80;

export interface TaskOptions<T> {
  readonly start: (id: number) => void;
  readonly stop: (id: number) => void;
  /** Gives a value for the event that ends the task, undefined for any other. */
  readonly take: (event: MediaEvent) => T | undefined;
  /** The result when the media side does not answer in time. */
  readonly otherwise: () => T;
  readonly signal: AbortSignal | null;
}

/** Something that the media side of a leg works at. It settles once: by its own end, by `stop`, or because the leg ended. */
export class Task<T> {
  readonly result: Promise<T>;
  readonly #clock: Clock;
  readonly #options: TaskOptions<T>;
  readonly #media: LegMedia;
  readonly #id: number;
  #resolve: ((value: T) => void) | null = null;
  #stopping: (() => void) | null = null;
  #unlisten: () => void = () => undefined;

  constructor(clock: Clock, media: LegMedia, options: TaskOptions<T>) {
    this.#clock = clock;
    this.#options = options;
    this.#media = media;
    this.result = new Promise((resolve) => (this.#resolve = resolve));
    this.#id = media.listen((event) => {
      const value = options.take(event);
      if (value !== undefined) this.#finish(value);
    });
    const { signal } = options;
    const onAbort = () => this.stop();
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#unlisten = () => signal?.removeEventListener('abort', onAbort);
    options.start(this.#id);
    if (signal?.aborted) this.stop();
  }

  get running(): boolean {
    return this.#resolve !== null;
  }

  stop(): void {
    if (!this.running || this.#stopping) return;
    this.expectEnd();
    this.#options.stop(this.#id);
  }

  /** The leg's media was closed: the end must come by itself, and soon. */
  expectEnd(): void {
    if (!this.running || this.#stopping) return;
    this.#stopping = this.#clock.at(this.#clock.now() + STOP_PATIENCE_MS, () =>
      this.#finish(this.#options.otherwise()),
    );
  }

  #finish(value: T): void {
    const resolve = this.#resolve;
    if (!resolve) return;
    this.#resolve = null;
    this.#stopping?.();
    this.#unlisten();
    this.#media.forget(this.#id);
    resolve(value);
  }
}
