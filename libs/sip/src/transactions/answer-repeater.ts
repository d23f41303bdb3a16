import { RFC_TIMERS, type TimerValues } from './timers.js';

/**
 * A 2xx to an INVITE is repeated end to end, on reliable transports too, until its ACK comes (RFC 3261 section 13.3.1.4):
 * after T1, doubling up to T2; after 64·T1 the call is given up. A reliable provisional response is repeated alike until its PRACK
 * comes, doubling without end (RFC 3262 section 3).
 */
export class AnswerRepeater {
  readonly #longest: number;
  readonly #giveUpAt: number;
  #interval: number;
  #sendAt: number;
  #done = false;

  /** The first response is sent at `now` by the owner. */
  constructor(now: number, values: TimerValues = RFC_TIMERS, longest = values.t2) {
    this.#longest = longest;
    this.#interval = values.t1;
    this.#sendAt = now + values.t1;
    this.#giveUpAt = now + 64 * values.t1;
  }

  /** When `expire` must be called next, or null. */
  get deadline(): number | null {
    return this.#done ? null : Math.min(this.#sendAt, this.#giveUpAt);
  }

  acknowledged(): void {
    this.#done = true;
  }

  /** `send`: the response again. `give-up`: nobody acknowledges it. */
  expire(now: number): 'send' | 'give-up' | null {
    if (this.#done) return null;
    if (now >= this.#giveUpAt) {
      this.#done = true;
      return 'give-up';
    }
    if (now < this.#sendAt) return null;
    this.#interval = Math.min(this.#interval * 2, this.#longest);
    this.#sendAt += this.#interval;
    return 'send';
  }
}
