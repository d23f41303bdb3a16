import { Entity, PrimaryColumn } from 'typeorm';
import { Big, Int, Text, Time } from '../platform/database/columns.js';

/** A node that a call left: what searches and heat maps ask for. Folded from `node.left`. */
@Entity('call_steps')
export class CallStepRow {
  @PrimaryColumn({ type: 'varchar' })
  callId!: string;

  /** Of the event. */
  @PrimaryColumn({ type: 'integer' })
  seq!: number;

  @Text()
  workspaceId!: string;

  @Text({ nullable: true })
  scenarioId!: string | null;

  @Int({ nullable: true })
  version!: number | null;

  @Text()
  node!: string;

  /** Null: interrupted. */
  @Text({ nullable: true })
  outcome!: string | null;

  /** Of the call. */
  @Time()
  startedAt!: string;

  @Big()
  durationMs!: number;
}

/** The last value of a variable of a call, as text. Folded from `variables.changed`. */
@Entity('call_variables')
export class CallVariableRow {
  @PrimaryColumn({ type: 'varchar' })
  callId!: string;

  @PrimaryColumn({ type: 'varchar' })
  name!: string;

  @Text()
  workspaceId!: string;

  @Text()
  value!: string;

  /** Of the call. */
  @Time()
  startedAt!: string;
}
