import { Injectable } from '@nestjs/common';
import { namesIn, type NameKind } from '@callwright/nodes';
import type { ScenarioDocument } from '@callwright/scenario';
import { apiError, type ApiErrorCode } from '../errors.js';
import { PhoneNumber } from '../numbers/number.entity.js';
import { Database } from '../platform/database/database.js';
import { Scenario, ScenarioVersion } from '../scenarios/scenario.entity.js';
import type { User } from './uses.schemas.js';

const IN_USE = {
  media: 'media.in-use',
  trunk: 'trunk.in-use',
  phone: 'phone.in-use',
  schedule: 'schedule.in-use',
  secret: 'secret.in-use',
  scenario: 'scenario.in-use',
} as const satisfies Record<NameKind, ApiErrorCode>;

const MOST_NAMED = 5;

interface InUse {
  readonly scenario: Pick<Scenario, 'id' | 'name' | 'documentId'>;
  readonly document: ScenarioDocument;
  /** Null: the draft. */
  readonly version: number | null;
}

/**
 * Who names a thing: drafts, and the versions that can answer a call (the newest, and those that a number names). Read from the database
 * when it is asked for; a workspace's documents are few.
 */
@Injectable()
export class Uses {
  constructor(private readonly database: Database) {}

  async of(workspaceId: string, kind: NameKind, name?: string): Promise<ReadonlyMap<string, readonly User[]>> {
    const found = new Map<string, User[]>();
    const add = (of: string, user: User) => {
      if (name === undefined || of === name) found.set(of, [...(found.get(of) ?? []), user]);
    };
    for (const [of, scenarios] of await this.#scenarios(workspaceId, kind)) for (const one of scenarios) add(of, one);
    if (kind === 'scenario') {
      const documentIds = new Map(
        (
          await this.database.rows(Scenario).find({ where: { workspaceId }, select: { id: true, documentId: true } })
        ).map(({ id, documentId }) => [id, documentId]),
      );
      for (const { id, pattern, scenarioId } of await this.database.rows(PhoneNumber).findBy({ workspaceId }))
        add(documentIds.get(scenarioId) ?? scenarioId, { kind: 'number', id, name: pattern });
    }
    return found;
  }

  /** Throws `….in-use` with `details.users`. */
  async refuseIfUsed(workspaceId: string, kind: NameKind, name: string): Promise<void> {
    const users = (await this.of(workspaceId, kind, name)).get(name) ?? [];
    if (users.length === 0) return;
    const names = users.slice(0, MOST_NAMED).map((user) => user.name);
    const more = users.length - names.length;
    const by = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    throw apiError(
      IN_USE[kind],
      { users },
      `${name} is used by ${by}. Change those first, or remove it with force=true.`,
    );
  }

  async #scenarios(workspaceId: string, kind: NameKind): Promise<ReadonlyMap<string, readonly User[]>> {
    const byName = new Map<string, Map<string, Extract<User, { kind: 'scenario' }>>>();
    for (const { scenario, document, version } of await this.#documents(workspaceId)) {
      for (const use of namesIn(document)) {
        // What a scenario says of itself keeps nobody from deleting it.
        if (use.kind !== kind || (kind === 'scenario' && use.name === scenario.documentId)) continue;
        const users = byName.get(use.name) ?? new Map<string, Extract<User, { kind: 'scenario' }>>();
        byName.set(use.name, users);
        const before = users.get(scenario.id);
        users.set(scenario.id, {
          kind: 'scenario',
          id: scenario.id,
          name: scenario.name,
          draft: (before?.draft ?? false) || version === null,
          versions: [...new Set([...(before?.versions ?? []), ...(version === null ? [] : [version])])],
          nodes: [...new Set([...(before?.nodes ?? []), use.node])],
        });
      }
    }
    return new Map([...byName].map(([name, users]) => [name, [...users.values()]]));
  }

  async #documents(workspaceId: string): Promise<readonly InUse[]> {
    const scenarios = await this.database.rows(Scenario).findBy({ workspaceId });
    const rows = this.database.rows(ScenarioVersion).createQueryBuilder('row');
    const named = rows
      .subQuery()
      .select('1')
      .from(PhoneNumber, 'number')
      .where('number.scenarioId = row.scenarioId AND number.version = row.version');
    // Only the versions that can answer: a scenario may have hundreds of others.
    const versions = await rows
      .innerJoin(Scenario, 'scenario', 'scenario.id = row.scenarioId')
      .where('row.workspaceId = :workspaceId', { workspaceId })
      .andWhere(`(row.version = scenario.latestVersion OR EXISTS ${named.getQuery()})`)
      .getMany();
    const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
    return [
      ...scenarios.map((scenario): InUse => ({ scenario, document: scenario.document, version: null })),
      ...versions.flatMap(({ scenarioId, version, document }): InUse[] => {
        const scenario = byId.get(scenarioId);
        return scenario ? [{ scenario, document, version }] : [];
      }),
    ];
  }
}
