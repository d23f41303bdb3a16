import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Principal } from '../../auth/principal.js';
import { apiError } from '../../errors.js';
import { Database } from '../../platform/database/database.js';
import { page, type PageQuery } from '../../platform/database/paging.js';
import type { Scenario } from '../scenario.entity.js';
import { revisionsToDrop } from './keep.js';
import { ScenarioRevision } from './revision.entity.js';

/** How many saves may pass before old revisions are looked through. */
const PRUNE_EVERY = 20;

/** What a draft was at each save: to look at, to restore, and as the common ground when two people's changes are joined. */
@Injectable()
export class Revisions {
  constructor(private readonly database: Database) {}

  /** In the transaction of the save itself. */
  async keep(manager: EntityManager, { label }: Pick<Principal, 'label'>, scenario: Scenario): Promise<void> {
    const { id: scenarioId, workspaceId, revision, name, document } = scenario;
    const row = { ...this.database.fresh(), scenarioId, workspaceId, revision, name, document, savedBy: label };
    await manager.insert(ScenarioRevision, row as never);
    if (revision % PRUNE_EVERY === 0) await this.#prune(manager, scenarioId);
  }

  forget(manager: EntityManager, scenarioId: string) {
    return manager.delete(ScenarioRevision, { scenarioId });
  }

  list({ workspaceId }: Pick<Principal, 'workspaceId'>, scenarioId: string, query: PageQuery) {
    const rows = this.database.rows(ScenarioRevision).createQueryBuilder('row');
    return page(
      rows
        .select(['row.id', 'row.createdAt', 'row.updatedAt', 'row.revision', 'row.name', 'row.savedBy'])
        .where('row.scenarioId = :scenarioId AND row.workspaceId = :workspaceId', { scenarioId, workspaceId }),
      query,
    );
  }

  async get({ workspaceId }: Pick<Principal, 'workspaceId'>, scenarioId: string, revision: number) {
    const row = await this.database.rows(ScenarioRevision).findOneBy({ workspaceId, scenarioId, revision });
    if (!row) throw apiError('input.not-found');
    return row;
  }

  async #prune(manager: EntityManager, scenarioId: string): Promise<void> {
    const rows = await manager.find(ScenarioRevision, {
      where: { scenarioId },
      select: { revision: true, createdAt: true, savedBy: true, id: true },
      order: { revision: 'DESC' },
    });
    const saved = rows.map((row) => ({ ...row, savedAt: Date.parse(row.createdAt) }));
    const dropped = new Set(revisionsToDrop(saved, Date.parse(this.database.now())));
    const ids = rows.filter(({ revision }) => dropped.has(revision)).map(({ id }) => id);
    if (ids.length > 0) await manager.delete(ScenarioRevision, { id: In(ids) });
  }
}
