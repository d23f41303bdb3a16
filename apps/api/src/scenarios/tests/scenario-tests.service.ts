import { Injectable } from '@nestjs/common';
import type { ScenarioTest } from '@callwright/runtime/rehearsal';
import { Audit } from '../../audit/audit.js';
import type { Principal } from '../../auth/principal.js';
import { apiError } from '../../errors.js';
import { Database } from '../../platform/database/database.js';
import { page, type PageQuery } from '../../platform/database/paging.js';
import { Shelf } from '../../platform/database/shelf.js';
import { ScenariosService } from '../scenarios.service.js';
import { ScenarioTestRow } from './scenario-test.entity.js';

/** The tests that are kept with a scenario. They are run by who wants to know: the page, or `callwright test` with the exported file. */
@Injectable()
export class ScenarioTestsService {
  readonly #tests: Shelf<ScenarioTestRow>;

  constructor(
    private readonly database: Database,
    audit: Audit,
    private readonly scenarios: ScenariosService,
  ) {
    this.#tests = new Shelf(database, audit, {
      entity: ScenarioTestRow,
      noun: 'scenario-test',
      taken: 'scenario.test-taken',
    });
  }

  async list(who: Principal, scenarioId: string, query: PageQuery) {
    await this.scenarios.get(who, scenarioId);
    const rows = this.database.rows(ScenarioTestRow).createQueryBuilder('row');
    const { workspaceId } = who;
    return page(
      rows.where('row.workspaceId = :workspaceId AND row.scenarioId = :scenarioId', { workspaceId, scenarioId }),
      query,
    );
  }

  async add(who: Principal, scenarioId: string, test: ScenarioTest) {
    await this.scenarios.get(who, scenarioId);
    return this.#tests.add(who, { scenarioId, name: test.name, test });
  }

  async replace(who: Principal, scenarioId: string, id: string, test: ScenarioTest) {
    await this.#require(who, scenarioId, id);
    return this.#tests.change(who, id, { name: test.name, test });
  }

  async remove(who: Principal, scenarioId: string, id: string): Promise<void> {
    await this.#require(who, scenarioId, id);
    await this.#tests.remove(who, id);
  }

  async #require(who: Principal, scenarioId: string, id: string): Promise<void> {
    const row = await this.#tests.get(who, id);
    if (row.scenarioId !== scenarioId) throw apiError('input.not-found');
  }
}
