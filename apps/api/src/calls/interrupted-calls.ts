import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@callwright/kernel';
import type { CallEvent } from '@callwright/runtime';
import type { Logger } from 'pino';
import { IsNull, Not } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { InstanceId } from '../platform/instance-id.js';
import { iso } from '../platform/time/system-clock.js';
import { CLOCK, LOGGER } from '../platform/tokens.js';
import { CallEventRow, CallRow } from './call.entity.js';
import { recordWith } from './call-record.js';
import { EventLog } from './event-log.js';

const AT_ONCE = 200;

/** After a crash: what this process had under way ends as `interrupted`, in the log and in the record (reliability G1). */
@Injectable()
export class InterruptedCalls {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly instance: InstanceId,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async close(): Promise<void> {
    await this.log.recover();
    for (;;) {
      const open = await this.database.rows(CallRow).find({
        where: [
          { instanceId: this.instance.id, state: Not('ended') },
          { instanceId: this.instance.id, node: Not(IsNull()) },
        ],
        take: AT_ONCE,
      });
      if (open.length === 0) return;
      for (const record of open) await this.#close(record);
      await this.log.flush();
      this.logger.warn({ calls: open.length }, 'calls that a crash interrupted are closed');
    }
  }

  async #close(record: CallRow): Promise<void> {
    const last = await this.database
      .rows(CallEventRow)
      .findOne({ where: { callId: record.id }, order: { seq: 'DESC' } });
    const at = iso(this.clock.now());
    const envelope = (seq: number) => ({
      callId: record.id,
      scenarioId: record.scenarioId ?? '',
      version: record.version,
      seq,
      at,
    });
    let seq = last?.seq ?? 0;
    let closed = record;
    const tell = (event: CallEvent) => {
      closed = recordWith(closed, event);
      this.log.append({ event, record: closed });
    };
    if (record.state !== 'ended') {
      const durationMs = Math.max(0, Date.parse(record.updatedAt) - Date.parse(record.startedAt));
      tell({ ...envelope(++seq), name: 'call.ended', cause: 'interrupted', endedBy: 'system', durationMs });
    }
    tell({ ...envelope(++seq), name: 'run.ended', node: record.node, reason: 'call-ended' });
  }
}
