import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import type { Logger } from 'pino';
import { Admission } from '../../calls/admission.js';
import { CLOCK, LOGGER } from '../../platform/tokens.js';
import type { Fax } from '../fax.entity.js';
import { FaxClaims } from './fax-claims.js';
import { FaxHours } from './fax-hours.js';
import { FaxLine } from './fax-line.js';

const LOOK_EVERY_MS = 1_000;
/** Faxes that one instance has on the line at a time. */
const MOST_AT_ONCE = 20;
const CANDIDATES = 50;
const RENEW_EVERY_MS = 10_000;

/**
 * The durable queue: what is due is claimed by one instance, in the database, and put on the line. What an instance had when it died
 * is taken up again, at the first page whose confirmation is not stored.
 */
@Injectable()
export class FaxQueue implements OnApplicationBootstrap, OnModuleDestroy {
  /** What is on the line, until it is written down. */
  readonly #running = new Map<string, Promise<void>>();
  #timer: Unsubscribe | undefined;
  #looking: Promise<void> = Promise.resolve();
  #renewedAt = 0;
  #stopped = true;

  constructor(
    private readonly claims: FaxClaims,
    private readonly hours: FaxHours,
    private readonly line: FaxLine,
    private readonly admission: Admission,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#stopped = false;
    await this.claims.giveBackOwn();
    this.#wait();
  }

  /** Calls have ended by now; what became of their faxes is written down before the database closes. */
  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#timer?.();
    await this.#looking;
    await Promise.all(this.#running.values());
  }

  #wait(): void {
    this.#timer = this.clock.at(this.clock.now() + LOOK_EVERY_MS, () => {
      this.#looking = this.#look()
        .catch((error: unknown) => this.logger.error({ err: error }, 'the fax queue could not be looked at'))
        .then(() => {
          if (!this.#stopped) this.#wait();
        });
    });
  }

  async #look(): Promise<void> {
    await this.#renew();
    await this.claims.giveUpLate();
    if (this.#running.size >= MOST_AT_ONCE || this.admission.isDraining) return;
    for (const fax of await this.claims.due(CANDIDATES)) {
      if (this.#running.size >= MOST_AT_ONCE || this.#stopped) return;
      const opens = await this.hours.opensFor(fax);
      if (opens > this.clock.now()) {
        await this.claims.putOff(fax, opens);
        continue;
      }
      const claimed = await this.claims.claim(fax);
      if (claimed) this.#put(claimed);
    }
  }

  #put(fax: Fax): void {
    const sending = this.line
      .send(fax)
      .catch((error: unknown) => this.logger.error({ err: error, fax: fax.id }, 'a fax could not be put on the line'))
      .finally(() => this.#running.delete(fax.id));
    this.#running.set(fax.id, sending);
  }

  async #renew(): Promise<void> {
    const now = this.clock.now();
    if (now - this.#renewedAt < RENEW_EVERY_MS) return;
    this.#renewedAt = now;
    await this.claims.renew([...this.#running.keys()]);
    await this.claims.giveBackLapsed((id) => this.#running.has(id));
  }
}
