import { Entity, PrimaryColumn } from 'typeorm';
import { Int, JsonColumn, Text } from '../platform/database/columns.js';
import { Row } from '../platform/database/row.js';

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
}

/** Seconds that a workspace has talked outbound on a day (UTC). */
@Entity('outbound_usage')
export class OutboundUsage {
  @PrimaryColumn({ type: 'varchar' })
  workspaceId!: string;

  /** `2026-03-02` */
  @PrimaryColumn({ type: 'varchar' })
  day!: string;

  @Int()
  seconds!: number;

  @Text()
  updatedAt!: string;
}
