import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../audit/audit.js';
import type { Principal } from '../auth/principal.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { apiError, invalid } from '../errors.js';
import { Bus } from '../platform/bus/bus.js';
import { Database } from '../platform/database/database.js';
import type { PageQuery } from '../platform/database/paging.js';
import { Shelf } from '../platform/database/shelf.js';
import { DRAFT, Scenario, ScenarioVersion } from '../scenarios/scenario.entity.js';
import { PhoneNumber } from './number.entity.js';
import { NumberIndex } from './number-index.js';
import type { newNumber, numberPatch } from './numbers.schemas.js';

@Injectable()
export class NumbersService implements OnModuleInit {
  readonly #numbers: Shelf<PhoneNumber>;
  #index = new NumberIndex<PhoneNumber>([]);

  constructor(
    private readonly database: Database,
    audit: Audit,
    private readonly bus: Bus,
    private readonly environments: EnvironmentsService,
  ) {
    bus.onChange('numbers', () => this.#reload());
    this.#numbers = new Shelf(database, audit, { entity: PhoneNumber, noun: 'number', taken: 'number.taken' });
  }

  onModuleInit(): Promise<void> {
    return this.#reload();
  }

  /** From memory: the number that answers for what was dialled. */
  find(dialled: string): PhoneNumber | null {
    return this.#index.find(dialled);
  }

  async list(who: Principal, query: PageQuery) {
    const { items, next } = await this.#numbers.list(who, query);
    return { items: items.map(shown), next };
  }

  async get(who: Principal, id: string) {
    return shown(await this.#numbers.get(who, id));
  }

  async add(who: Principal, { pattern, scenarioId, version, environment }: z.output<typeof newNumber>) {
    this.#requireEnvironment(who, environment);
    const row = { pattern, scenarioId, version: stored(version), environment };
    const number = await this.#numbers.add(who, row, (manager, made) => requirePublished(manager, made));
    await this.#announce();
    return shown(number);
  }

  async change(who: Principal, id: string, { version, ...patch }: z.output<typeof numberPatch>) {
    this.#requireEnvironment(who, patch.environment);
    const columns = { ...patch, version: stored(version) };
    const number = await this.#numbers.change(who, id, columns, (manager, after) => requirePublished(manager, after));
    await this.#announce();
    return shown(number);
  }

  async remove(who: Principal, id: string): Promise<void> {
    await this.#numbers.remove(who, id);
    await this.#announce();
  }

  #requireEnvironment(who: Principal, name: string | undefined): void {
    if (name !== undefined && !this.environments.find(who.workspaceId, name))
      throw invalid([{ path: 'environment', message: 'is not an environment of this workspace' }]);
  }

  async #announce(): Promise<void> {
    await this.#reload();
    this.bus.tell('numbers');
  }

  async #reload(): Promise<void> {
    const rows = await this.database.rows(PhoneNumber).find();
    this.#index = new NumberIndex(rows.map((row) => [row.pattern, row]));
  }
}

type Version = z.output<typeof newNumber>['version'];

function stored(version: Version): number | null;
function stored(version: Version | undefined): number | null | undefined;
function stored(version: Version | undefined): number | null | undefined {
  if (version === 'latest') return null;
  return version === 'draft' ? DRAFT : version;
}

const shown = (row: PhoneNumber) => ({ ...row, version: versionOf(row) });
const versionOf = ({ version }: PhoneNumber): Version => (version === DRAFT ? 'draft' : (version ?? 'latest'));

/** A number is deployed to what is published; a test number to what is being drawn. */
async function requirePublished(
  manager: EntityManager,
  { workspaceId, scenarioId, version }: PhoneNumber,
): Promise<void> {
  const scenario = await manager.findOneBy(Scenario, { id: scenarioId, workspaceId });
  if (!scenario) throw apiError('input.not-found', { scenarioId });
  if (version === DRAFT) return;
  const published =
    version === null
      ? scenario.latestVersion !== null
      : await manager.existsBy(ScenarioVersion, { scenarioId, version });
  if (!published) throw apiError('scenario.not-published', { scenarioId, version: version ?? 'latest' });
}
