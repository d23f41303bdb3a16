import type { Clock } from '@callwright/kernel';
import { AnswerRepeater, RFC_TIMERS, type SipResponse } from '@callwright/sip';
import { Timer } from './timer.js';
import type { ServerTransaction } from './transactions/server-transaction.js';

/** Repeats a 2xx of ours until its ACK comes, a reliable provisional response until its PRACK; 32 s later it gives up. */
export class AnswerKeeper {
  readonly #repeater: AnswerRepeater;
  readonly #timer: Timer;

  constructor(clock: Clock, transaction: ServerTransaction, response: SipResponse, giveUp: () => void) {
    transaction.send(response);
    this.#repeater = new AnswerRepeater(clock.now(), RFC_TIMERS, response.status < 200 ? Infinity : RFC_TIMERS.t2);
    this.#timer = new Timer(clock, () => {
      const action = this.#repeater.expire(clock.now());
      if (action === 'send') transaction.send(response);
      this.#timer.set(this.#repeater.deadline);
      if (action === 'give-up') giveUp();
    });
    this.#timer.set(this.#repeater.deadline);
  }

  acknowledged(): void {
    this.#repeater.acknowledged();
    this.#timer.clear();
  }
}
