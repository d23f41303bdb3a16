import { Injectable } from '@nestjs/common';
import { namesIn, type NameKind } from '@callwright/nodes';
import type { ScenarioDocument } from '@callwright/scenario';
import { In } from 'typeorm';
import { Media } from '../media/media.entity.js';
import { Phone } from '../phones/phone.entity.js';
import { Database } from '../platform/database/database.js';
import { Scenario } from '../scenarios/scenario.entity.js';
import { Schedule } from '../schedules/schedule.entity.js';
import { Secret } from '../secrets/secret.entity.js';
import { Trunk } from '../trunks/trunk.entity.js';
import { bound } from './bindings.js';
import type { EnvironmentView } from './environments.service.js';

/** A name of a document and what it means in an environment. */
export interface NameReadiness {
  readonly kind: NameKind;
  readonly name: string;
  readonly standsFor: string;
  readonly bound: boolean;
  readonly missing: boolean;
  readonly reason: 'not-there' | 'not-released' | null;
  readonly nodes: readonly string[];
}

const NAMED = { media: Media, trunk: Trunk, schedule: Schedule, secret: Secret } as const;

/** Whether everything that a document names is there in an environment. */
@Injectable()
export class Readiness {
  constructor(private readonly database: Database) {}

  async of(
    workspaceId: string,
    document: ScenarioDocument,
    { bindings, releaseOf }: Pick<EnvironmentView, 'bindings' | 'releaseOf'>,
  ): Promise<readonly NameReadiness[]> {
    const byName = new Map<string, { kind: NameKind; name: string; nodes: Set<string> }>();
    for (const { kind, name, node } of namesIn(document)) {
      const key = `${kind} ${name}`;
      const entry = byName.get(key) ?? { kind, name, nodes: new Set<string>() };
      entry.nodes.add(node);
      byName.set(key, entry);
    }
    const uses = [...byName.values()].map((use) => ({ ...use, standsFor: bound(bindings, use.kind, use.name) }));
    const wanted = (kind: NameKind) => [
      ...new Set(uses.filter((use) => use.kind === kind).map(({ standsFor }) => standsFor)),
    ];
    const there = new Map<NameKind, ReadonlySet<string>>();
    for (const [kind, entity] of Object.entries(NAMED) as [keyof typeof NAMED, typeof Media][]) {
      const rows = await this.database.rows(entity).findBy({ workspaceId, name: In(wanted(kind)) });
      there.set(kind, new Set(rows.map(({ name }) => name)));
    }
    const phones = await this.database.rows(Phone).findBy({ workspaceId, username: In(wanted('phone')) });
    there.set('phone', new Set(phones.map(({ username }) => username)));
    const scenarios = await this.database.rows(Scenario).find({
      where: { workspaceId, documentId: In(wanted('scenario')) },
      select: { id: true, documentId: true, latestVersion: true },
    });
    const released = new Map(
      scenarios.map(({ id, documentId, latestVersion }) => {
        const release = releaseOf(id);
        return [documentId, release === 'latest' ? latestVersion !== null : release !== null];
      }),
    );
    there.set('scenario', new Set(released.keys()));
    return uses
      .map(({ kind, name, standsFor, nodes }): NameReadiness => {
        const isThere = there.get(kind)?.has(standsFor) ?? false;
        // A scenario that runs itself is released together with itself.
        const isReleased = kind !== 'scenario' || standsFor === document.id || (released.get(standsFor) ?? false);
        const reason = !isThere ? 'not-there' : isReleased ? null : 'not-released';
        const isBound = Object.hasOwn(bindings[kind] ?? {}, name);
        return { kind, name, standsFor, bound: isBound, missing: reason !== null, reason, nodes: [...nodes] };
      })
      .sort(
        (a, b) => Number(b.missing) - Number(a.missing) || a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name),
      );
  }
}
