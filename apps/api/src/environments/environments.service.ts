import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { apiError } from '../errors.js';
import { PhoneNumber } from '../numbers/number.entity.js';
import { Bus } from '../platform/bus/bus.js';
import { Database } from '../platform/database/database.js';
import { page, type PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { Scenario, ScenarioVersion } from '../scenarios/scenario.entity.js';
import { type Bindings, Environment, Promotion } from './environment.entity.js';
import { type environmentPatch, type newEnvironment, type newPromotion, PRODUCTION } from './environments.schemas.js';
import { Readiness } from './readiness.js';

/** What a call must know of the environment that it runs in; from memory. */
export interface EnvironmentView {
  readonly name: string;
  readonly bindings: Bindings;
  /** The version that runs here: a number, the newest (`latest`), or null when none does. */
  releaseOf(scenarioId: string): number | 'latest' | null;
}

/** Until somebody touches it, production is what there was before there were environments: every name is itself, the newest version runs. */
export const UNTOUCHED: EnvironmentView = { name: PRODUCTION, bindings: {}, releaseOf: () => 'latest' };

@Injectable()
export class EnvironmentsService implements OnModuleInit {
  readonly #environments: Shelf<Environment>;
  /** By `workspace name`. */
  #views = new Map<string, EnvironmentView>();

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly bus: Bus,
    private readonly readiness: Readiness,
  ) {
    bus.onChange('environments', () => this.#reload());
    this.#environments = new Shelf(database, audit, {
      entity: Environment,
      noun: 'environment',
      taken: 'environment.taken',
    });
  }

  onModuleInit(): Promise<void> {
    return this.#reload();
  }

  /** Null: there is no such environment. */
  find(workspaceId: string, name: string): EnvironmentView | null {
    return this.#views.get(`${workspaceId} ${name}`) ?? (name === PRODUCTION ? UNTOUCHED : null);
  }

  async list(who: Principal, query: PageQuery) {
    await this.#requireProduction(who);
    return this.#environments.list(who, query);
  }

  get(who: Principal, id: string) {
    return this.#environments.get(who, id);
  }

  async add(who: Principal, body: z.output<typeof newEnvironment>) {
    await this.#requireProduction(who);
    const made = await this.#environments.add(who, { ...body, bindings: body.bindings as Bindings });
    await this.#announce();
    return made;
  }

  async change(who: Principal, id: string, { bindings, ...patch }: z.output<typeof environmentPatch>) {
    const after = await this.#environments.change(who, id, { ...patch, bindings: bindings as Bindings | undefined });
    await this.#announce();
    return after;
  }

  async remove(who: Principal, id: string): Promise<void> {
    await this.#environments.remove(who, id, async (manager, { name, workspaceId }) => {
      if (name === PRODUCTION) throw apiError('environment.in-use', {}, 'Every workspace has its production.');
      const numbers = await manager.findBy(PhoneNumber, { workspaceId, environment: name });
      if (numbers.length > 0)
        throw apiError('environment.in-use', {
          users: numbers.map((number) => ({ kind: 'number', id: number.id, name: number.pattern })),
        });
      await manager.delete(Promotion, { environmentId: id });
    });
    await this.#announce();
  }

  async promotions(who: Principal, id: string, query: PageQuery) {
    await this.get(who, id);
    const rows = this.database.rows(Promotion).createQueryBuilder('row');
    return page(
      rows.where('row.environmentId = :id AND row.workspaceId = :workspaceId', { id, workspaceId: who.workspaceId }),
      query,
    );
  }

  /** What the names of a version would mean here, and which mean nothing. */
  async check(who: Principal, id: string, scenarioId: string, version: number | 'draft') {
    const environment = await this.get(who, id);
    const names = await this.readiness.of(who.workspaceId, await this.#documentOf(who, scenarioId, version), {
      bindings: environment.bindings,
      releaseOf: (other) => this.find(who.workspaceId, environment.name)?.releaseOf(other) ?? null,
    });
    return { ready: names.every(({ missing }) => !missing), names };
  }

  /** Throws `environment.missing-bindings` with what is missing: a call must not run into it. */
  async promote(
    who: Principal,
    id: string,
    { scenarioId, version, comment }: z.output<typeof newPromotion>,
  ): Promise<Promotion> {
    const { ready, names } = await this.check(who, id, scenarioId, version);
    if (!ready) throw apiError('environment.missing-bindings', { names: names.filter(({ missing }) => missing) });
    const row: Promotion = {
      ...this.database.fresh(),
      workspaceId: who.workspaceId,
      environmentId: id,
      scenarioId,
      version,
      comment,
      promotedBy: who.label,
    };
    await this.database.change(async (manager) => {
      await manager.insert(Promotion, row);
      await this.audit.note(manager, who, {
        action: 'environment.promoted',
        target: id,
        after: { scenarioId, version, comment },
      });
    });
    await this.#announce();
    return row;
  }

  async #documentOf(who: Principal, scenarioId: string, version: number | 'draft') {
    const scenario = await this.database.owned(Scenario, who.workspaceId, scenarioId);
    if (version === 'draft') return scenario.document;
    const row = await this.database.rows(ScenarioVersion).findOneBy({ scenarioId, version });
    if (!row) throw apiError('scenario.not-published', { scenarioId, version });
    return row.document;
  }

  /** Production is there from the beginning; its row is made when somebody first looks. */
  async #requireProduction(who: Principal): Promise<void> {
    const { workspaceId } = who;
    if (await this.database.rows(Environment).existsBy({ workspaceId, name: PRODUCTION })) return;
    const row = { ...this.database.fresh(), workspaceId, name: PRODUCTION, title: '', releases: 'automatic' as const };
    await this.database.change((manager) =>
      manager
        .createQueryBuilder()
        .insert()
        .into(Environment)
        .values({ ...row, bindings: {} } as never)
        // Two who look at once make one.
        .orIgnore()
        .execute(),
    );
    await this.#announce();
  }

  async #announce(): Promise<void> {
    await this.#reload();
    this.bus.tell('environments');
  }

  async #reload(): Promise<void> {
    const environments = await this.database.rows(Environment).find();
    const promotions = await this.database.rows(Promotion).find({ order: { createdAt: 'ASC', id: 'ASC' } });
    const released = new Map(
      promotions.map(({ environmentId, scenarioId, version }) => [`${environmentId} ${scenarioId}`, version]),
    );
    this.#views = new Map(
      environments.map(({ id, workspaceId, name, bindings, releases }): [string, EnvironmentView] => [
        `${workspaceId} ${name}`,
        {
          name,
          bindings,
          releaseOf: (scenarioId) =>
            releases === 'automatic' ? 'latest' : (released.get(`${id} ${scenarioId}`) ?? null),
        },
      ]),
    );
  }
}
