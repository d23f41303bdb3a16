import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import type { Logger } from 'pino';
import { LessThanOrEqual, In } from 'typeorm';
import { Admission } from '../../calls/admission.js';
import { Database } from '../../platform/database/database.js';
import { InstanceId } from '../../platform/instance-id.js';
import { iso } from '../../platform/time/system-clock.js';
import { CLOCK, LOGGER } from '../../platform/tokens.js';
import { Fax } from '../fax.entity.js';
import { FaxLine } from './fax-line.js';

const LOOK_EVERY_MS = 1_000;
/** Faxes that one instance has on the line at a time. */
const MOST_AT_ONCE = 20;
const CANDIDATES = 50;
/** A claim holds so long without being renewed; then whoever had it is taken to be dead. */
const CLAIM_MS = 30_000;
const RENEW_EVERY_MS = 10_000;
const ON_THE_LINE = ['dialing', 'sending'] as const;

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
    private readonly database: Database,
    private readonly line: FaxLine,
    private readonly instance: InstanceId,
    private readonly admission: Admission,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What this instance had on the line before it was restarted is its own again. */
  async onApplicationBootstrap(): Promise<void> {
    this.#stopped = false;
    await this.#giveBack({ claimedBy: this.instance.id });
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
    if (this.#running.size >= MOST_AT_ONCE || this.admission.isDraining) return;
    const faxes = this.database.rows(Fax);
    const due = await faxes.find({
      where: { state: 'queued', nextAttemptAt: LessThanOrEqual(this.database.now()) },
      order: { priority: 'DESC', nextAttemptAt: 'ASC', id: 'ASC' },
      take: CANDIDATES,
    });
    if (due.length === 0) return;
    const busy = await faxes.find({ where: { state: In(ON_THE_LINE) }, select: { workspaceId: true, to: true } });
    const taken = new Set(busy.map(({ workspaceId, to }) => `${workspaceId} ${to}`));
    for (const fax of due) {
      if (this.#running.size >= MOST_AT_ONCE || this.#stopped) return;
      const number = `${fax.workspaceId} ${fax.to}`;
      // A machine has one line.
      if (taken.has(number)) continue;
      taken.add(number);
      const claimed = await this.#claim(fax);
      if (claimed) this.#put(claimed);
    }
  }

  /** One of several instances gets it: the row says who. */
  async #claim(fax: Fax): Promise<Fax | null> {
    const claim = {
      state: 'dialing' as const,
      claimedBy: this.instance.id,
      claimedUntil: iso(this.clock.now() + CLAIM_MS),
      updatedAt: this.database.now(),
    };
    const { affected } = await this.database.change((manager) =>
      manager.update(Fax, { id: fax.id, state: 'queued' }, claim),
    );
    return affected === 1 ? { ...fax, ...claim } : null;
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
    if (this.#running.size > 0)
      await this.database.change((manager) =>
        manager.update(
          Fax,
          { id: In([...this.#running.keys()]), claimedBy: this.instance.id },
          { claimedUntil: iso(now + CLAIM_MS) },
        ),
      );
    await this.#giveBack({ claimedUntil: LessThanOrEqual(iso(now)) });
  }

  /** Faxes whose instance is gone go on at the page after the last that was confirmed. The one after it may have arrived all the same. */
  async #giveBack(
    whose: { claimedBy: string } | { claimedUntil: ReturnType<typeof LessThanOrEqual<string>> },
  ): Promise<void> {
    const lost = await this.database.rows(Fax).find({ where: { ...whose, state: In(ON_THE_LINE) } });
    for (const fax of lost) {
      if (this.#running.has(fax.id)) continue;
      const wasSending = fax.state === 'sending';
      await this.database.change((manager) =>
        manager.update(
          Fax,
          { id: fax.id, state: fax.state, ...whose },
          {
            state: 'queued',
            claimedBy: null,
            claimedUntil: null,
            nextAttemptAt: this.database.now(),
            inDoubtPage: wasSending ? fax.pages + 1 : fax.inDoubtPage,
            updatedAt: this.database.now(),
          },
        ),
      );
      this.logger.warn({ fax: fax.id, page: fax.pages + 1 }, 'a fax that was cut off is queued again');
    }
  }
}
