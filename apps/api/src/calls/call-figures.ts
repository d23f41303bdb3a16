import { Inject, Injectable } from '@nestjs/common';
import type { CallCause } from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import type { Principal } from '../auth/principal.js';
import { minuteOf } from '../platform/database/columns.js';
import { Database } from '../platform/database/database.js';
import { iso } from '../platform/time/system-clock.js';
import { CLOCK } from '../platform/tokens.js';
import { CallRow } from './call.entity.js';
import type { CallFigures } from './calls.schemas.js';
import { EventLog } from './event-log.js';

const COUNT = 'COUNT(*)';
const ANSWERED = 'COUNT(row.answeredAt)';
const MOST_SCENARIOS = 20;

/** The calls of the last minutes, added up by the database: what a wallboard tells beside the calls that run. */
@Injectable()
export class CallFiguresService {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(who: Pick<Principal, 'workspaceId'>, minutes: number): Promise<CallFigures> {
    await this.log.flush();
    const since = iso(this.clock.now() - minutes * 60_000);
    const rows = () =>
      this.database
        .rows(CallRow)
        .createQueryBuilder('row')
        .select(COUNT, 'calls')
        .addSelect(ANSWERED, 'answered')
        .where('row.workspaceId = :workspaceId AND row.startedAt >= :since', { workspaceId: who.workspaceId, since });
    const minute = minuteOf(this.database.source.options.type, 'row.startedAt');
    const [total, causes, scenarios, byMinute] = await Promise.all([
      rows()
        .addSelect('AVG(CASE WHEN row.answeredAt IS NOT NULL THEN row.durationMs END)', 'talk')
        .getRawOne<Counted & { talk: number | string | null }>(),
      rows()
        .addSelect('row.cause', 'cause')
        .andWhere('row.cause IS NOT NULL')
        .groupBy('row.cause')
        .getRawMany<Counted & { cause: CallCause }>(),
      rows()
        .addSelect('row.scenarioId', 'scenario')
        .andWhere('row.scenarioId IS NOT NULL')
        .groupBy('row.scenarioId')
        .getRawMany<Counted & { scenario: string }>(),
      rows().addSelect(minute, 'minute').groupBy(minute).getRawMany<Counted & { minute: string }>(),
    ]);
    return {
      since,
      ...counted(total),
      talkMs: total?.talk === null || total === undefined ? null : Math.round(Number(total.talk)),
      causes: causes.map((row) => ({ cause: row.cause, calls: counted(row).calls })).sort(mostFirst),
      scenarios: scenarios
        .map((row) => ({ scenarioId: row.scenario, ...counted(row) }))
        .sort(mostFirst)
        .slice(0, MOST_SCENARIOS),
      minutes: byMinute
        .map((row) => ({ minute: `${row.minute}Z`, ...counted(row) }))
        .sort((a, b) => a.minute.localeCompare(b.minute)),
    };
  }
}

/** PostgreSQL counts beyond 31 bits, and tells that in text. */
interface Counted {
  readonly calls: number | string;
  readonly answered: number | string;
}

const counted = (row: Counted | undefined) => ({
  calls: Number(row?.calls ?? 0),
  answered: Number(row?.answered ?? 0),
});
const mostFirst = (a: { readonly calls: number }, b: { readonly calls: number }) => b.calls - a.calls;
