import { appendFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import type { CallEvent } from '@callwright/runtime';
import type { Logger } from 'pino';
import type { EntityManager } from 'typeorm';
import type { Config } from '../platform/config/config.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { Database } from '../platform/database/database.js';
import { InstanceId } from '../platform/instance-id.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { CLOCK, CONFIG, LOGGER } from '../platform/tokens.js';
import { CallEventRow, CallRow } from './call.entity.js';
import { indexBatch } from './call-search.js';

const COLLECT_MS = 20;
const RETRY_MS = 1000;
const BATCH = 300;

/** One event, and what the call's record is after it. */
export interface LogEntry {
  readonly event: CallEvent | null;
  readonly record: CallRow;
}

/**
 * Writes the event log and the records of calls, behind the calls and never in their way. While the database is away entries go
 * to a file and are replayed in their order when it is back (reliability G3); writing an entry twice changes nothing.
 */
@Injectable()
export class EventLog implements OnApplicationShutdown {
  readonly #folder: string;
  readonly #spool: string;
  #queue: LogEntry[] = [];
  #running: Promise<void> = Promise.resolve();
  #cancel: Unsubscribe | undefined;
  #away = false;
  #closed = false;

  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    instance: InstanceId,
    @Inject(CONFIG) config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#folder = join(config.DATA_DIR, 'spool');
    this.#spool = join(this.#folder, `calls-${instance.id}.jsonl`);
  }

  /** What an earlier process could not write. Called before anything else is. */
  async recover(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await this.#replay();
  }

  append(entry: LogEntry): void {
    this.#queue.push(entry);
    this.metrics.eventsWaiting.set(this.#queue.length);
    this.#cancel ??= this.clock.at(this.clock.now() + (this.#away ? RETRY_MS : COLLECT_MS), () => void this.flush());
  }

  /** Resolves when everything appended so far lies in the database or in the spool. */
  flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#running = this.#running.then(() => this.#write());
    return this.#running;
  }

  /** True: the database does not take entries now. */
  get away(): boolean {
    return this.#away;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flush();
    this.#closed = true;
    this.#cancel?.();
  }

  async #write(): Promise<void> {
    const entries = this.#queue;
    this.#queue = [];
    this.metrics.eventsWaiting.set(0);
    try {
      if (this.#away) await this.#replay();
      await this.#store(entries);
      if (this.#away) this.logger.info('the database is back: the event log is complete');
      this.#away = false;
    } catch (error) {
      if (!this.#away) this.logger.error({ err: error }, 'the database is away: the event log goes to disk');
      this.#away = true;
      await this.#keepOnDisk(entries);
      if (!this.#closed) this.#cancel ??= this.clock.at(this.clock.now() + RETRY_MS, () => void this.flush());
    }
  }

  async #store(entries: readonly LogEntry[]): Promise<void> {
    for (let from = 0; from < entries.length; from += BATCH) {
      const batch = entries.slice(from, from + BATCH);
      await this.database.change((manager) => storeBatch(manager, batch));
    }
  }

  async #keepOnDisk(entries: readonly LogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    try {
      await appendFile(this.#spool, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      this.metrics.eventsSpooled.inc(entries.length);
    } catch (error) {
      // Neither database nor disk: keep them in memory, first ones first, and try both again.
      this.logger.error({ err: error }, 'the event log cannot be written at all');
      this.#queue = [...entries, ...this.#queue];
    }
  }

  /** The file is moved aside first, so that what comes meanwhile begins a new one; a crash on the way leaves it to the next start. */
  async #replay(): Promise<void> {
    const replaying = `${this.#spool}.replaying`;
    for (;;) {
      const left = await readIfThere(replaying);
      if (left !== null) {
        await this.#store(readEntries(left));
        await rm(replaying);
        continue;
      }
      try {
        await rename(this.#spool, replaying);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
    }
  }
}

async function storeBatch(manager: EntityManager, batch: readonly LogEntry[]): Promise<void> {
  const latest = new Map(batch.map(({ record }) => [record.id, record]));
  await bulkInsert(manager, CallRow, [...latest.values()], 'replace');
  const events = batch.flatMap(({ event }) => (event ? [{ callId: event.callId, seq: event.seq, event }] : []));
  await bulkInsert(manager, CallEventRow, events, 'keep');
  await indexBatch(manager, batch);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A line that a crash cut off is not an entry. */
function readEntries(text: string): LogEntry[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as LogEntry);
}
