import { Injectable } from '@nestjs/common';
import { type JsonObject, Topic } from '@callwright/kernel';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { PhoneNumber } from '../numbers/number.entity.js';
import { Database, unique } from '../platform/database/database.js';
import { page, type PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { documentOf, findingsOf, firstDocument } from './documents.js';
import { requireMatch } from './etag.js';
import { Scenario, ScenarioVersion } from './scenario.entity.js';
import type { changedScenario, Finding, newScenario } from './scenarios.schemas.js';

@Injectable()
export class ScenariosService {
  /** A version was published, or a scenario removed. */
  readonly published = new Topic<ScenarioVersion>();
  readonly removed = new Topic<Scenario>();
  readonly #scenarios: Shelf<Scenario>;

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {
    this.#scenarios = new Shelf(database, audit, { entity: Scenario, noun: 'scenario', taken: 'scenario.id-taken' });
  }

  list(who: Principal, query: PageQuery) {
    return this.#scenarios.list(who, query);
  }

  get(who: Pick<Principal, 'workspaceId'>, id: string): Promise<Scenario> {
    return this.#scenarios.get(who, id);
  }

  async add(who: Principal, { name, document }: z.output<typeof newScenario>): Promise<Scenario> {
    const given =
      document === undefined ? firstDocument(await this.#freeDocumentId(who, name), name) : documentOf(document);
    return this.#scenarios.add(who, {
      name,
      documentId: given.id,
      document: given.document,
      revision: 1,
      latestVersion: null,
    });
  }

  async change(
    who: Principal,
    id: string,
    ifMatch: string | undefined,
    { name, document }: z.output<typeof changedScenario>,
  ): Promise<Scenario> {
    const before = await this.get(who, id);
    requireMatch(ifMatch, before.revision);
    const given = documentOf(document);
    const after = {
      ...before,
      name: name ?? before.name,
      documentId: given.id,
      document: given.document,
      revision: before.revision + 1,
      updatedAt: this.database.now(),
    };
    await unique(
      'scenario.id-taken',
      this.database.change(async (manager) => {
        const { affected } = await manager.update(
          Scenario,
          { id, workspaceId: who.workspaceId, revision: before.revision },
          rowOf(after),
        );
        // Somebody was faster between our reading and our writing.
        if (affected === 0) throw apiError('input.precondition-failed');
        await this.audit.note(manager, who, { action: 'scenario.updated', target: id, before, after });
      }),
    );
    return after;
  }

  async remove(who: Principal, id: string): Promise<void> {
    const removed = await this.#scenarios.remove(who, id, async (manager) => {
      const numbers = await manager.findBy(PhoneNumber, { scenarioId: id });
      if (numbers.length > 0) throw apiError('scenario.in-use', { numbers: numbers.map((number) => number.pattern) });
      await manager.delete(ScenarioVersion, { scenarioId: id });
    });
    this.removed.publish(removed);
  }

  async validate(who: Principal, id: string, document: JsonObject | undefined): Promise<Finding[]> {
    const scenario = await this.get(who, id);
    return findingsOf(document === undefined ? scenario.document : documentOf(document).document);
  }

  async publish(who: Principal, id: string, comment: string): Promise<ScenarioVersion> {
    const version = await this.database.change((manager) => this.#publish(manager, who, id, comment));
    this.published.publish(version);
    return version;
  }

  async versions(who: Principal, id: string, query: PageQuery) {
    await this.get(who, id);
    const rows = this.database.rows(ScenarioVersion).createQueryBuilder('row');
    return page(
      rows.where('row.scenarioId = :id AND row.workspaceId = :workspaceId', { id, workspaceId: who.workspaceId }),
      query,
    );
  }

  async version(who: Pick<Principal, 'workspaceId'>, id: string, version: number): Promise<ScenarioVersion> {
    const row = await this.database
      .rows(ScenarioVersion)
      .findOneBy({ scenarioId: id, version, workspaceId: who.workspaceId });
    if (!row) throw apiError('input.not-found');
    return row;
  }

  async #publish(manager: EntityManager, who: Principal, id: string, comment: string): Promise<ScenarioVersion> {
    const onPostgres = manager.connection.options.type === 'postgres';
    const query = manager
      .createQueryBuilder(Scenario, 'row')
      .where('row.id = :id AND row.workspaceId = :workspaceId', { id, workspaceId: who.workspaceId });
    // Two who publish at once get two numbers: the second waits for the first. On SQLite changes wait for each other anyway.
    const scenario = await (onPostgres ? query.setLock('pessimistic_write') : query).getOne();
    if (!scenario) throw apiError('input.not-found');
    const findings = findingsOf(scenario.document);
    if (findings.some((finding) => finding.severity === 'error')) throw apiError('scenario.has-errors', { findings });
    const row = this.database.fresh();
    const version: ScenarioVersion = {
      ...row,
      workspaceId: who.workspaceId,
      scenarioId: id,
      version: (scenario.latestVersion ?? 0) + 1,
      comment,
      document: scenario.document,
      publishedAt: row.createdAt,
      publishedBy: who.label,
    };
    await manager.insert(ScenarioVersion, version as never);
    await manager.update(Scenario, { id }, { latestVersion: version.version });
    await this.audit.note(manager, who, {
      action: 'scenario.published',
      target: id,
      after: { version: version.version, comment },
    });
    return version;
  }

  /** A document id made of the name that no other scenario of the workspace has. */
  async #freeDocumentId(who: Principal, name: string): Promise<string> {
    const base = slugOf(name);
    const rows = await this.database
      .rows(Scenario)
      .find({ where: { workspaceId: who.workspaceId }, select: { documentId: true } });
    const taken = new Set(rows.map((row) => row.documentId));
    for (let count = 1; ; count++) {
      const id = count === 1 ? base : `${base}-${count}`;
      if (!taken.has(id)) return id;
    }
  }
}

function rowOf({ name, documentId, document, revision, updatedAt }: Scenario) {
  return { name, documentId, document: document as never, revision, updatedAt };
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  return slug === '' ? 'scenario' : slug;
}
