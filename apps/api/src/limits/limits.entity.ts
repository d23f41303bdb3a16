import { Entity, PrimaryColumn } from 'typeorm';
import { Int, JsonColumn, Text } from '../platform/database/columns.js';
import { Row } from '../platform/database/row.js';
import type { ScenarioLimits, TrunkLimits } from './limits.schemas.js';
import type { CountedFor } from './outbound-counters.js';

/** What may go out of a workspace. The id is the workspace's; no row: nothing goes out. */
@Entity('limits')
export class Limits extends Row {
  @JsonColumn()
  outboundPrefixes!: string[];

  @JsonColumn()
  deniedPrefixes!: string[];

  @JsonColumn()
  sipHosts!: string[];

  @Int()
  callsPerSecond!: number;

  @Int()
  concurrentCalls!: number;

  @Int()
  minutesPerDay!: number;

  @JsonColumn()
  scenarios!: ScenarioLimits[];

  @JsonColumn()
  trunks!: TrunkLimits[];
}

/** Seconds that one process has talked outbound on a day (UTC): of a workspace, of one of its scenarios, by one of its trunks. */
@Entity('outbound_usage')
export class OutboundUsage {
  @PrimaryColumn({ type: 'varchar' })
  instanceId!: string;

  @PrimaryColumn({ type: 'varchar' })
  what!: CountedFor;

  /** Of the workspace, the scenario or the trunk. */
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  /** `2026-03-02` */
  @PrimaryColumn({ type: 'varchar' })
  day!: string;

  @Text()
  workspaceId!: string;

  @Int()
  seconds!: number;

  @Text()
  updatedAt!: string;
}
