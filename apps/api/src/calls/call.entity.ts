import type { JsonObject } from '@callwright/kernel';
import type { CallCause, CallDirection, CallState, EndedBy, LegState } from '@callwright/channel-contract';
import type { CallEvent } from '@callwright/runtime';
import { Entity, PrimaryColumn } from 'typeorm';
import { Big, Int, JsonColumn, Text, Time } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

export interface LegRecord {
  name: string;
  state: LegState;
  uri: string;
  codec: string | null;
  onHold: boolean;
}

export interface RecordingRecord {
  name: string;
  durationMs: number;
  node: string | null;
}

/** The record of one call (CDR): what its event log adds up to. The id is the call's, from the INVITE to every log line. */
@Entity('calls')
export class CallRow extends WorkspaceRow {
  @Text({ nullable: true })
  scenarioId!: string | null;

  @Int({ nullable: true })
  version!: number | null;

  @Text()
  direction!: CallDirection;

  @Text()
  from!: string;

  @Text()
  to!: string;

  /** Pattern of the number that it came in at, or null. */
  @Text({ nullable: true })
  number!: string | null;

  @Text()
  state!: CallState;

  @Text({ nullable: true })
  cause!: CallCause | null;

  @Text({ nullable: true })
  endedBy!: EndedBy | null;

  @Text({ nullable: true })
  node!: string | null;

  /** The last node that it came to while the caller was there; nodes that run after the call do not count. */
  @Text({ nullable: true })
  lastNode!: string | null;

  @Time()
  startedAt!: string;

  @Time({ nullable: true })
  answeredAt!: string | null;

  @Time({ nullable: true })
  endedAt!: string | null;

  @Big({ nullable: true })
  durationMs!: number | null;

  /** Which process ran it: after a crash that one closes what it left open. */
  @Text()
  instanceId!: string;

  @JsonColumn()
  path!: string[];

  @JsonColumn()
  variables!: JsonObject;

  @JsonColumn()
  legs!: LegRecord[];

  @JsonColumn()
  recordings!: RecordingRecord[];
}

/** One entry of a call's event log: the truth of the call. */
@Entity('call_events')
export class CallEventRow {
  @PrimaryColumn({ type: 'varchar' })
  callId!: string;

  @PrimaryColumn({ type: 'integer' })
  seq!: number;

  @JsonColumn()
  event!: CallEvent;
}
