import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { SignallingMessage } from '@callwright/channel-contract';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import type { Logger } from 'pino';
import { Database } from '../../platform/database/database.js';
import { CLOCK, LOGGER } from '../../platform/tokens.js';
import { CallSignallingRow } from './signalling.entity.js';

const COLLECT_MS = 250;
const RETRY_MS = 5000;
const BATCH = 100;
/** Calls that wait for a database that is away; beyond it the oldest are given up, and the log says how many. */
const MOST_WAITING = 2000;

/**
 * Writes what calls said in their signalling, some time after them and never in their way. It is of use to people and no part of a
 * call's truth, which is the event log: when the database stays away for long some of it is lost.
 */
@Injectable()
export class SignallingStore implements OnApplicationShutdown {
  #waiting: CallSignallingRow[] = [];
  #running: Promise<void> = Promise.resolve();
  #cancel: Unsubscribe | undefined;
  #closed = false;

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  keep(callId: string, messages: readonly SignallingMessage[]): void {
    const [first] = messages;
    if (!first) return;
    // Parts only have to differ, and to come in their order.
    const part = this.#waiting.filter((row) => row.callId === callId).length;
    this.#waiting.push({ callId, part, messages: [...messages] });
    const tooMany = this.#waiting.length - MOST_WAITING;
    if (tooMany > 0) {
      this.#waiting.splice(0, tooMany);
      this.logger.error({ calls: tooMany }, 'the signalling of calls could not be kept');
    }
    this.#later(COLLECT_MS);
  }

  /** Oldest first. */
  async of(callId: string): Promise<SignallingMessage[]> {
    await this.flush();
    const rows = await this.database.rows(CallSignallingRow).find({ where: { callId }, order: { part: 'ASC' } });
    return rows.flatMap(({ messages }) => messages);
  }

  /** Resolves when everything kept so far was written, or the database has refused it. */
  flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#running = this.#running.then(() => this.#write());
    return this.#running;
  }

  async onApplicationShutdown(): Promise<void> {
    this.#closed = true;
    await this.flush();
  }

  #later(ms: number): void {
    if (!this.#closed) this.#cancel ??= this.clock.at(this.clock.now() + ms, () => void this.flush());
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        await this.#insert(batch);
      } catch (error) {
        this.logger.error({ err: error, calls: batch.length }, 'the signalling of calls could not be written');
        return this.#later(RETRY_MS);
      }
      this.#waiting = this.#waiting.filter((row) => !batch.includes(row));
    }
  }

  #insert(batch: readonly CallSignallingRow[]): Promise<void> {
    return this.database.change(async (manager) => {
      const known = await manager
        .createQueryBuilder(CallSignallingRow, 'row')
        .select('row.callId', 'callId')
        .addSelect('COUNT(*)', 'parts')
        .where('row.callId IN (:...ids)', { ids: batch.map(({ callId }) => callId) })
        .groupBy('row.callId')
        .getRawMany<{ callId: string; parts: number | string }>();
      const parts = new Map(known.map((row) => [row.callId, Number(row.parts)]));
      const rows = batch.map((row) => ({ ...row, part: row.part + (parts.get(row.callId) ?? 0) }));
      await manager.insert(CallSignallingRow, rows);
    });
  }
}
