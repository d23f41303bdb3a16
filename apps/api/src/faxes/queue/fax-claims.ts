import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import type { Logger } from 'pino';
import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { InstanceId } from '../../platform/instance-id.js';
import { iso } from '../../platform/time/system-clock.js';
import { CLOCK, LOGGER } from '../../platform/tokens.js';
import { Fax } from '../fax.entity.js';

/** A claim holds so long without being renewed; then whoever had it is taken to be dead. */
const CLAIM_MS = 30_000;
const ON_THE_LINE = ['dialing', 'sending'] as const;

/**
 * Who has which fax on the line: the rows say it, to every instance on the database. A claim is decided with the rows as they are at that
 * moment, one after the other, for what was read before may be over by then.
 */
@Injectable()
export class FaxClaims {
  constructor(
    private readonly database: Database,
    private readonly instance: InstanceId,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What is due, the most urgent first; what waits for a number that has a fax on the line holds nobody else up. */
  due(most: number): Promise<Fax[]> {
    const rows = this.database.rows(Fax).createQueryBuilder('row');
    const onTheLine = rows
      .subQuery()
      .select('1')
      .from(Fax, 'other')
      .where('other.workspaceId = row.workspaceId AND other.to = row.to AND other.state IN (:...onTheLine)')
      .getQuery();
    return rows
      .where('row.state = :queued AND row.nextAttemptAt <= :now', { queued: 'queued', now: this.database.now() })
      .andWhere(`NOT EXISTS ${onTheLine}`, { onTheLine: ON_THE_LINE })
      .orderBy({ 'row.priority': 'DESC', 'row.nextAttemptAt': 'ASC', 'row.id': 'ASC' })
      .take(most)
      .getMany();
  }

  /** The fax as it is now, and ours; null when it is not due any more, or its number has a fax on the line: a machine has one line. */
  claim({ id, workspaceId, to }: Pick<Fax, 'id' | 'workspaceId' | 'to'>): Promise<Fax | null> {
    return this.database.change(async (manager) => {
      await this.#oneAtATime(manager, workspaceId);
      const due = { id, state: 'queued' as const, nextAttemptAt: LessThanOrEqual(this.database.now()) };
      const fax = await manager.findOneBy(Fax, due);
      if (!fax || (await manager.countBy(Fax, { workspaceId, to, state: In(ON_THE_LINE) })) > 0) return null;
      const claim = {
        state: 'dialing' as const,
        claimedBy: this.instance.id,
        claimedUntil: iso(this.clock.now() + CLAIM_MS),
        updatedAt: this.database.now(),
      };
      await manager.update(Fax, { id }, claim);
      return { ...fax, ...claim };
    });
  }

  /** Not now, but then. */
  async putOff({ id, nextAttemptAt }: Fax, until: number): Promise<void> {
    const change = { nextAttemptAt: iso(until), updatedAt: this.database.now() };
    await this.database.change((manager) =>
      manager.update(Fax, { id, state: 'queued', nextAttemptAt: nextAttemptAt ?? '' }, change),
    );
  }

  /** What waits longer than it may has failed. */
  async giveUpLate(): Promise<void> {
    const now = this.database.now();
    const late = { state: 'queued' as const, giveUpAt: LessThanOrEqual(now) };
    if (!(await this.database.rows(Fax).existsBy(late))) return;
    await this.database.change((manager) =>
      manager.update(Fax, late, {
        state: 'failed',
        outcome: 'timeout',
        cause: 'TIMEOUT',
        explanation: 'It could not be sent within the time that was set for it.',
        advice: 'Send it again, with more time or wider hours.',
        nextAttemptAt: null,
        endedAt: now,
        updatedAt: now,
      }),
    );
  }

  async renew(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const claimedUntil = iso(this.clock.now() + CLAIM_MS);
    await this.database.change((manager) =>
      manager.update(Fax, { id: In(ids), claimedBy: this.instance.id }, { claimedUntil }),
    );
  }

  /** What this instance had on the line before it was restarted is its own again. */
  giveBackOwn(): Promise<void> {
    return this.#giveBack({ claimedBy: this.instance.id }, () => false);
  }

  /** What instances had that do not renew their claims any more. `has`: this one's, whatever the row says. */
  giveBackLapsed(has: (id: string) => boolean): Promise<void> {
    return this.#giveBack({ claimedUntil: LessThanOrEqual(this.database.now()) }, has);
  }

  /** They go on at the page after the last that was confirmed. The one after it may have arrived all the same. */
  async #giveBack(
    whose: { claimedBy: string } | { claimedUntil: ReturnType<typeof LessThanOrEqual<string>> },
    has: (id: string) => boolean,
  ): Promise<void> {
    const lost = await this.database.rows(Fax).find({ where: { ...whose, state: In(ON_THE_LINE) } });
    for (const { id, state, pages, inDoubtPage } of lost) {
      if (has(id)) continue;
      const now = this.database.now();
      const { affected } = await this.database.change((manager) =>
        manager.update(
          Fax,
          { id, state, ...whose },
          {
            state: 'queued',
            claimedBy: null,
            claimedUntil: null,
            nextAttemptAt: now,
            inDoubtPage: state === 'sending' ? pages + 1 : inDoubtPage,
            updatedAt: now,
          },
        ),
      );
      if (affected === 1) this.logger.warn({ fax: id, page: pages + 1 }, 'a fax that was cut off is queued again');
    }
  }

  /** SQLite has one process, and does one transaction at a time by itself. */
  async #oneAtATime(manager: EntityManager, workspaceId: string): Promise<void> {
    if (!this.database.isShared) return;
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`callwright faxes ${workspaceId}`]);
  }
}
