import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  QueryFailedError,
  type Repository,
} from 'typeorm';
import { newId } from '../ids.js';
import { iso } from '../time/system-clock.js';
import { CLOCK } from '../tokens.js';
import { apiError, type ApiErrorCode } from '../../errors.js';
import type { Row, WorkspaceRow } from './row.js';

/**
 * The one door to the database. Reads go through `rows`; every write goes through `change`, a transaction. SQLite has one
 * connection, which TypeORM shares: two transactions under way at once would become one, so there they wait for each other.
 */
@Injectable()
export class Database {
  #last: Promise<unknown> = Promise.resolve();
  readonly #oneAtATime: boolean;

  constructor(
    readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#oneAtATime = source.options.type === 'better-sqlite3';
  }

  /** Several processes may be on it. */
  get isShared(): boolean {
    return this.source.options.type === 'postgres';
  }

  rows<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return this.source.getRepository(entity);
  }

  change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const run = () => this.source.transaction(work);
    if (!this.#oneAtATime) return run();
    const result = this.#last.then(run);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** One row of this workspace; the others' do not exist. */
  async owned<T extends WorkspaceRow>(entity: EntityTarget<T>, workspaceId: string, id: string): Promise<T> {
    const row = await this.rows(entity)
      .createQueryBuilder('row')
      .where('row.id = :id AND row.workspaceId = :workspaceId', { id, workspaceId })
      .getOne();
    if (!row) throw apiError('input.not-found');
    return row;
  }

  /** Id and times of a row that is being made. */
  fresh(): Pick<Row, 'id' | 'createdAt' | 'updatedAt'> {
    const now = this.clock.now();
    return { id: newId(now), createdAt: iso(now), updatedAt: iso(now) };
  }

  now(): string {
    return iso(this.clock.now());
  }

  async ping(): Promise<void> {
    await this.source.query('SELECT 1');
  }

  /** Last of all: whoever closes before may still write. */
  async close(): Promise<void> {
    await this.#last;
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** Runs a write; a broken unique index becomes the given error. */
export async function unique<T>(code: ApiErrorCode, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (isUniqueViolation(error)) throw apiError(code, {}, undefined, error);
    throw error;
  }
}

function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: string };
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}
