import { Injectable } from '@nestjs/common';
import type { CallCause } from '@callwright/channel-contract';
import type { Principal } from '../auth/principal.js';
import { Database } from '../platform/database/database.js';
import { CallRow } from './call.entity.js';
import { CallStepRow } from './call-search.entity.js';
import type { PathsQuery, PathsReply } from './calls.schemas.js';
import { EventLog } from './event-log.js';

/** What many calls did, counted by the database: which ways they took over a drawing, and where they ended. */
@Injectable()
export class CallPaths {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
  ) {}

  async of({ workspaceId }: Principal, query: PathsQuery): Promise<PathsReply> {
    await this.log.flush();
    const { scenarioId, version } = query;
    const since = query.since === undefined ? undefined : new Date(query.since).toISOString();
    const until = query.until === undefined ? undefined : new Date(query.until).toISOString();
    const where = (alias: string) =>
      [
        `${alias}.workspaceId = :workspaceId AND ${alias}.scenarioId = :scenarioId`,
        ...(version === undefined ? [] : [`${alias}.version = :version`]),
        ...(since === undefined ? [] : [`${alias}.startedAt >= :since`]),
        ...(until === undefined ? [] : [`${alias}.startedAt < :until`]),
      ].join(' AND ');
    const values = { workspaceId, scenarioId, version, since, until };
    const [steps, ends] = await Promise.all([
      this.database
        .rows(CallStepRow)
        .createQueryBuilder('step')
        .select('step.node', 'node')
        .addSelect('step.outcome', 'outcome')
        .addSelect('COUNT(*)', 'visits')
        .addSelect('SUM(step.durationMs)', 'totalMs')
        .where(where('step'), values)
        .groupBy('step.node')
        .addGroupBy('step.outcome')
        .getRawMany<{ node: string; outcome: string | null; visits: unknown; totalMs: unknown }>(),
      this.database
        .rows(CallRow)
        .createQueryBuilder('row')
        .select('row.lastNode', 'node')
        .addSelect('row.cause', 'cause')
        .addSelect('row.endedBy', 'endedBy')
        .addSelect('COUNT(*)', 'calls')
        .addSelect('COUNT(row.answeredAt)', 'answered')
        .where(where('row'), values)
        .groupBy('row.lastNode')
        .addGroupBy('row.cause')
        .addGroupBy('row.endedBy')
        .getRawMany<{
          node: string | null;
          cause: CallCause | null;
          endedBy: string | null;
          calls: unknown;
          answered: unknown;
        }>(),
    ]);
    return {
      calls: sum(ends, ({ calls }) => calls),
      answered: sum(ends, ({ answered }) => answered),
      causes: grouped(ends, ({ cause }) => cause).map(([cause, rows]) => ({
        cause,
        calls: sum(rows, ({ calls }) => calls),
      })),
      nodes: grouped(steps, ({ node }) => node).map(([node, rows]) => {
        const here = ends.filter((end) => end.node === node);
        const visits = sum(rows, (row) => row.visits);
        return {
          node,
          visits,
          averageMs: Math.round(sum(rows, ({ totalMs }) => totalMs) / Math.max(1, visits)),
          outcomes: rows.map(({ outcome, visits: count }) => ({ outcome, visits: Number(count) })),
          ended: sum(here, ({ calls }) => calls),
          hungUp: sum(
            here.filter(({ endedBy }) => endedBy === 'caller'),
            ({ calls }) => calls,
          ),
        };
      }),
    };
  }
}

/** PostgreSQL counts in texts. */
const sum = <T>(rows: readonly T[], value: (row: T) => unknown): number =>
  rows.reduce((total, row) => total + Number(value(row)), 0);

function grouped<T, K>(rows: readonly T[], key: (row: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups];
}
