import { Injectable } from '@nestjs/common';
import type { CompiledScenario, ScenarioShelf } from '@callwright/runtime';
import { bound } from '../environments/bindings.js';
import type { EnvironmentView } from '../environments/environments.service.js';
import { Bus } from '../platform/bus/bus.js';
import { Database } from '../platform/database/database.js';
import { compile } from './documents.js';
import { DRAFT, Scenario, ScenarioVersion } from './scenario.entity.js';
import { ScenariosService } from './scenarios.service.js';

const MOST_COMPILED = 500;

export interface PublishedScenario {
  readonly scenarioId: string;
  readonly version: number;
  readonly compiled: CompiledScenario;
}

/** Published versions, compiled once and shared by all their calls. A version never changes, so neither does what is kept here. */
@Injectable()
export class PublishedScenarios {
  readonly #compiled = new Map<string, Promise<PublishedScenario | null>>();
  /** Latest version by scenario, as far as known. */
  readonly #latest = new Map<string, number | null>();

  constructor(
    private readonly database: Database,
    scenarios: ScenariosService,
    bus: Bus,
  ) {
    bus.onChange('scenarios', () => this.#latest.clear());
    scenarios.published.subscribe(() => bus.tell('scenarios'));
    scenarios.removed.subscribe(() => bus.tell('scenarios'));
    scenarios.published.subscribe(({ scenarioId, version }) => void this.#latest.set(scenarioId, version));
    scenarios.removed.subscribe(({ id }) => void this.#latest.delete(id));
  }

  /**
   * `version` null: the latest; `DRAFT`: what is being drawn, compiled anew for each call. Null: there is no such published version.
   * Rejects when a draft has errors.
   */
  async find(scenarioId: string, version: number | null): Promise<PublishedScenario | null> {
    if (version === DRAFT) return this.#draft(scenarioId);
    const number = version ?? (await this.#latestOf(scenarioId));
    if (number === null) return null;
    const key = `${scenarioId} ${number}`;
    const known = this.#compiled.get(key);
    // The one that was used last stays longest.
    this.#compiled.delete(key);
    const found = known ?? this.#load(scenarioId, number);
    this.#compiled.set(key, found);
    for (const oldest of this.#compiled.keys()) {
      if (this.#compiled.size <= MOST_COMPILED) break;
      this.#compiled.delete(oldest);
    }
    found.then(
      (scenario) => void (scenario === null && this.#compiled.delete(key)),
      () => void this.#compiled.delete(key),
    );
    return found;
  }

  /** The version of a scenario that runs in an environment. Null: none does. */
  async released(
    { releaseOf }: Pick<EnvironmentView, 'releaseOf'>,
    scenarioId: string,
  ): Promise<PublishedScenario | null> {
    const release = releaseOf(scenarioId);
    return release === null ? null : this.find(scenarioId, release === 'latest' ? null : release);
  }

  /** Where `subflow` nodes of a workspace find other scenarios, by document id, as the call's environment means it. */
  shelfOf(workspaceId: string, environment: EnvironmentView): ScenarioShelf<CompiledScenario> {
    return {
      find: async (name, version) => {
        const documentId = bound(environment.bindings, 'scenario', name);
        const row = await this.database
          .rows(Scenario)
          .findOne({ where: { workspaceId, documentId }, select: { id: true } });
        if (!row) return null;
        const found = await (version === 'latest' ? this.released(environment, row.id) : this.find(row.id, version));
        return found?.compiled ?? null;
      },
    };
  }

  async #latestOf(scenarioId: string): Promise<number | null> {
    const known = this.#latest.get(scenarioId);
    if (known !== undefined) return known;
    const row = await this.database
      .rows(Scenario)
      .findOne({ where: { id: scenarioId }, select: { id: true, latestVersion: true } });
    const latest = row?.latestVersion ?? null;
    if (row) this.#latest.set(scenarioId, latest);
    return latest;
  }

  async #draft(scenarioId: string): Promise<PublishedScenario | null> {
    const row = await this.database.rows(Scenario).findOneBy({ id: scenarioId });
    return row && { scenarioId, version: DRAFT, compiled: compile(row.document) };
  }

  async #load(scenarioId: string, version: number): Promise<PublishedScenario | null> {
    const row = await this.database.rows(ScenarioVersion).findOneBy({ scenarioId, version });
    return row && { scenarioId, version, compiled: compile(row.document) };
  }
}
