import type { SignallingMessage } from '@callwright/channel-contract';
import { Entity, PrimaryColumn } from 'typeorm';
import { JsonColumn } from '../../platform/database/columns.js';

/** What a call said and heard in its signalling; a second part holds what followed its end late. */
@Entity('call_signalling')
export class CallSignallingRow {
  @PrimaryColumn({ type: 'varchar' })
  callId!: string;

  @PrimaryColumn({ type: 'integer' })
  part!: number;

  @JsonColumn()
  messages!: SignallingMessage[];
}
