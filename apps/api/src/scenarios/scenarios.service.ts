import { Injectable } from '@nestjs/common';
import { Topic } from '@callwright/kernel';
import {
  type Finding,
  idFrom,
  isError,
  outcomesOfScenario,
  scenariosNamedIn,
  type ScenarioDocument,
  subflowsOf,
} from '@callwright/scenario';
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
import { Revisions } from './revisions/revisions.service.js';
import { Scenario, ScenarioVersion } from './scenario.entity.js';
import { ScenarioTestRow } from './tests/scenario-test.entity.js';
import type { changedScenario, newScenario } from './scenarios.schemas.js';

@Injectable()
export class ScenariosService {
  /** A version was published, or a scenario removed. */
  readonly published = new Topic<ScenarioVersion>();
  readonly removed = new Topic<Scenario>();
  /** A draft was saved, by somebody. */
  readonly saved = new Topic<{ readonly scenario: Scenario; readonly by: string }>();
  readonly #scenarios: Shelf<Scenario>;

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly history: Revisions,
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
    const given = document === undefined ? await this.#firstDocument(who, name) : documentOf(document);
    const row = { name, documentId: given.id, document: given, revision: 1, latestVersion: null };
    return this.#scenarios.add(who, row, (manager, made) => this.history.keep(manager, who, made));
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
      document: given,
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
        await this.history.keep(manager, who, after);
        await this.audit.note(manager, who, { action: 'scenario.updated', target: id, before, after });
      }),
    );
    this.saved.publish({ scenario: after, by: who.label });
    return after;
  }

  async remove(who: Principal, id: string): Promise<void> {
    const { documentId } = await this.get(who, id);
    const removed = await this.#scenarios.remove(who, id, async (manager) => {
      const numbers = (await manager.findBy(PhoneNumber, { scenarioId: id })).map((number) => number.pattern);
      const scenarios = await this.#usersOf(manager, who, documentId);
      if (numbers.length > 0 || scenarios.length > 0) throw apiError('scenario.in-use', { numbers, scenarios });
      await manager.delete(ScenarioVersion, { scenarioId: id });
      await manager.delete(ScenarioTestRow, { scenarioId: id });
      await this.history.forget(manager, id);
    });
    this.removed.publish(removed);
  }

  async validate(who: Principal, id: string, document: unknown): Promise<readonly Finding[]> {
    const scenario = await this.get(who, id);
    return this.#findings(
      this.database.source.manager,
      who,
      document === undefined ? scenario.document : documentOf(document),
    );
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

  async revisions(who: Principal, id: string, query: PageQuery) {
    await this.get(who, id);
    return this.history.list(who, id, query);
  }

  revision(who: Pick<Principal, 'workspaceId'>, id: string, revision: number) {
    return this.history.get(who, id, revision);
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
    const findings = await this.#findings(manager, who, scenario.document);
    if (findings.some(isError)) throw apiError('scenario.has-errors', { findings });
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

  /** Document ids of the other scenarios whose newest version names this one. */
  async #usersOf(manager: EntityManager, { workspaceId }: Principal, documentId: string): Promise<readonly string[]> {
    const newest = await manager
      .createQueryBuilder(ScenarioVersion, 'version')
      .innerJoin(Scenario, 'scenario', 'scenario.id = version.scenarioId AND scenario.latestVersion = version.version')
      .where('version.workspaceId = :workspaceId', { workspaceId })
      .getMany();
    return newest
      .map(({ document }) => document)
      .filter((document) => document.id !== documentId && scenariosNamedIn(document).has(documentId))
      .map(({ id }) => id);
  }

  /** A `subflow` has the outcomes of the scenario that it runs: those of its newest version, or of its draft. */
  async #findings(
    manager: EntityManager,
    { workspaceId }: Principal,
    document: ScenarioDocument,
  ): Promise<readonly Finding[]> {
    const outcomes = new Map<string, readonly string[]>();
    for (const documentId of subflowsOf(document)) {
      const other = await manager.findOneBy(Scenario, { workspaceId, documentId });
      if (!other) continue;
      const published =
        other.latestVersion === null
          ? null
          : await manager.findOneBy(ScenarioVersion, { scenarioId: other.id, version: other.latestVersion });
      outcomes.set(documentId, outcomesOfScenario((published ?? other).document));
    }
    return findingsOf(document, { outcomesOfScenario: (scenario) => outcomes.get(scenario) ?? null });
  }

  /** One `answer` node, under an id made of the name that no other scenario of the workspace has. */
  async #firstDocument(who: Principal, name: string): Promise<ScenarioDocument> {
    const rows = await this.database
      .rows(Scenario)
      .find({ where: { workspaceId: who.workspaceId }, select: { documentId: true } });
    const taken = new Set(rows.map((row) => row.documentId));
    const base = idFrom(name).slice(0, 56);
    for (let count = 1; ; count++) {
      const id = count === 1 ? base : `${base}-${count}`;
      if (!taken.has(id)) return firstDocument(name, id);
    }
  }
}

function rowOf({ name, documentId, document, revision, updatedAt }: Scenario) {
  return { name, documentId, document: document as never, revision, updatedAt };
}
