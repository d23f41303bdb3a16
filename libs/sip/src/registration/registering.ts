/** A registration of ours at a trunk (RFC 3261 section 10.2), as a machine: what happened and the time come in, what to do goes out. */
export type RegisteringState = 'unregistered' | 'registering' | 'registered' | 'failed';

export type RegisteringEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  /** A final response; 401 and 407 only when the shell could not answer them. Seconds, where the response says so. */
  | {
      readonly type: 'response';
      readonly status: number;
      readonly expires: number | null;
      readonly minExpires: number | null;
      readonly retryAfter: number | null;
    }
  /** Nobody answered, or the transport failed. */
  | { readonly type: 'unreachable' }
  /** `deadline` has come. */
  | { readonly type: 'due' };

export type RegisteringEffect =
  /** Send REGISTER with this Expires (0: unregister). */
  | { readonly type: 'register'; readonly expires: number }
  | { readonly type: 'state'; readonly state: RegisteringState; readonly reason: string | null };

export interface RegisteringOptions {
  /** In seconds. */
  readonly expires?: number;
  /** 0…1, for jitter. */
  readonly random: () => number;
}

const DEFAULT_EXPIRES_S = 600;
const BACKOFF_MIN_MS = 30_000;
const BACKOFF_MAX_MS = 900_000;

/**
 * Refreshes in good time; after a failure waits 30–60 s · 2ⁿ, at most 15 min (reliability B5), so that a thousand clients of one
 * registrar do not come back in the same second.
 */
export class Registering {
  readonly #random: () => number;
  #expires: number;
  #state: RegisteringState = 'unregistered';
  #stopped = true;
  #failures = 0;
  #deadline: number | null = null;

  constructor(options: RegisteringOptions) {
    this.#random = options.random;
    this.#expires = options.expires ?? DEFAULT_EXPIRES_S;
  }

  get state(): RegisteringState {
    return this.#state;
  }

  /** When `due` must be told, or null. */
  get deadline(): number | null {
    return this.#deadline;
  }

  on(event: RegisteringEvent, now: number): RegisteringEffect[] {
    switch (event.type) {
      case 'start':
        this.#stopped = false;
        return this.#register();
      case 'stop':
        return this.#stop();
      case 'due':
        return this.#stopped ? [] : this.#register();
      case 'unreachable':
        return this.#stopped ? [] : this.#fail('no answer', null, now);
      case 'response':
        return this.#stopped ? [] : this.#take(event, now);
    }
  }

  #register(): RegisteringEffect[] {
    this.#deadline = null;
    const effects: RegisteringEffect[] = [{ type: 'register', expires: this.#expires }];
    return this.#state === 'unregistered' ? [...this.#become('registering', null), ...effects] : effects;
  }

  #stop(): RegisteringEffect[] {
    const wasRegistered = this.#state === 'registered';
    this.#stopped = true;
    this.#deadline = null;
    this.#failures = 0;
    return [
      ...(wasRegistered ? [{ type: 'register', expires: 0 } as const] : []),
      ...this.#become('unregistered', null),
    ];
  }

  #take(response: Extract<RegisteringEvent, { type: 'response' }>, now: number): RegisteringEffect[] {
    if (response.status >= 200 && response.status < 300) {
      this.#failures = 0;
      const granted = Math.max(response.expires ?? this.#expires, 1);
      // Before it is over, but not so early that a short registration is nothing but refreshes.
      this.#deadline = now + Math.max(granted * 1000 * (0.75 + this.#random() * 0.1), Math.min(granted * 500, 5000));
      return this.#become('registered', null);
    }
    if (response.status === 423 && response.minExpires !== null && response.minExpires > this.#expires) {
      this.#expires = response.minExpires;
      return this.#register();
    }
    const reason =
      response.status === 401 || response.status === 407 || response.status === 403
        ? 'credentials refused'
        : `status ${response.status}`;
    return this.#fail(reason, response.retryAfter, now);
  }

  #fail(reason: string, retryAfter: number | null, now: number): RegisteringEffect[] {
    const backoff = Math.min(
      (BACKOFF_MIN_MS + this.#random() * BACKOFF_MIN_MS) * 2 ** Math.min(this.#failures, 10),
      BACKOFF_MAX_MS,
    );
    this.#failures += 1;
    this.#deadline = now + Math.min(Math.max(backoff, (retryAfter ?? 0) * 1000), BACKOFF_MAX_MS);
    return this.#become('failed', reason);
  }

  #become(state: RegisteringState, reason: string | null): RegisteringEffect[] {
    if (state === this.#state && state !== 'failed') return [];
    this.#state = state;
    return [{ type: 'state', state, reason }];
  }
}
