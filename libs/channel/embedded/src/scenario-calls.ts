import type { Clock } from '@callwright/kernel';
import { randomText } from './sip/random.js';

export interface ScenarioCall {
  readonly id: string;
  readonly workspaceId: string;
}

/** An INVITE to ourselves comes within this time, or never. */
const LIFE_MS = 32_000;
const PREFIX = 'scenario.';

/**
 * A call from one scenario to another goes through our own SIP port, so that it is a call of its own. The user part that it calls
 * cannot be guessed and serves once: nobody else reaches a scenario without a number.
 */
export class ScenarioCalls {
  readonly #clock: Clock;
  readonly #issued = new Map<string, { call: ScenarioCall; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(call: ScenarioCall): string {
    const now = this.#clock.now();
    for (const [user, { until }] of this.#issued) {
      if (until > now) break;
      this.#issued.delete(user);
    }
    const user = PREFIX + randomText(16);
    this.#issued.set(user, { call, until: now + LIFE_MS });
    return user;
  }

  /** What a user part stands for; it counts once. */
  redeem(user: string): ScenarioCall | null {
    const issued = this.#issued.get(user);
    this.#issued.delete(user);
    return issued && issued.until > this.#clock.now() ? issued.call : null;
  }
}
