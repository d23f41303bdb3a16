import type { FaxOptionsGiven, FaxOutcome } from '@callwright/fax';
import { Entity, PrimaryColumn } from 'typeorm';
import { Int, JsonColumn, Text, Time } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

export const FAX_STATES = [
  'queued',
  'dialing',
  'sending',
  'receiving',
  'sent',
  'received',
  'failed',
  'cancelled',
] as const;
export type FaxRowState = (typeof FAX_STATES)[number];

/** One try. */
export interface FaxAttempt {
  readonly at: string;
  readonly callId: string;
  readonly outcome: FaxOutcome;
  readonly cause: string;
  readonly explanation: string;
  readonly advice: string;
  readonly pages: number;
  readonly standard: string | null;
  readonly options: FaxOptionsGiven;
}

/** A fax of a workspace: in the queue, on the line, or over. */
@Entity('faxes')
export class Fax extends WorkspaceRow {
  @Text()
  direction!: 'outbound' | 'inbound';

  @Text()
  state!: FaxRowState;

  @Text()
  to!: string;

  @Text({ nullable: true })
  from!: string | null;

  /** Name of its document. */
  @Text()
  document!: string;

  @JsonColumn()
  options!: FaxOptionsGiven;

  @Int()
  priority!: number;

  @JsonColumn()
  attempts!: readonly FaxAttempt[];

  /** When it is tried next; null: it is not. */
  @Time({ nullable: true })
  nextAttemptAt!: string | null;

  /** No try begins after this time. */
  @Time({ nullable: true })
  giveUpAt!: string | null;

  /** Name of the schedule in whose hours it is tried; null: at any time. */
  @Text({ nullable: true })
  schedule!: string | null;

  /** Confirmed, or received, over all tries. */
  @Int()
  pages!: number;

  @Int({ nullable: true })
  totalPages!: number | null;

  /** Of a try that a crash cut off: this page may have arrived without our knowing, and is sent again. */
  @Int({ nullable: true })
  inDoubtPage!: number | null;

  @Text({ nullable: true })
  outcome!: FaxOutcome | null;

  @Text({ nullable: true })
  cause!: string | null;

  @Text({ nullable: true })
  explanation!: string | null;

  @Text({ nullable: true })
  advice!: string | null;

  /** The call of the last try. */
  @Text({ nullable: true })
  callId!: string | null;

  @Text({ nullable: true })
  idempotencyKey!: string | null;

  /** Of what was asked with that key. */
  @Text({ nullable: true })
  requestHash!: string | null;

  /** The instance that has it on the line, and until when nobody else may take it. */
  @Text({ nullable: true })
  claimedBy!: string | null;

  @Time({ nullable: true })
  claimedUntil!: string | null;

  @Time({ nullable: true })
  endedAt!: string | null;
}

/** What every fax begins with. */
export const FRESH_FAX = {
  priority: 5,
  attempts: [],
  pages: 0,
  inDoubtPage: null,
  outcome: null,
  cause: null,
  explanation: null,
  advice: null,
  idempotencyKey: null,
  requestHash: null,
  claimedBy: null,
  claimedUntil: null,
  endedAt: null,
} as const satisfies Partial<Fax>;

/** How faxes go best to a number of a workspace. */
@Entity('fax_profiles')
export class FaxProfile {
  @PrimaryColumn({ type: 'varchar' })
  workspaceId!: string;

  @PrimaryColumn({ type: 'varchar' })
  to!: string;

  /** Index in `FAX_PROFILES`. */
  @Int()
  step!: number;
}
