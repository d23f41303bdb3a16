import { Entity } from 'typeorm';
import { Flag, Int, JsonColumn, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** A way to the telephone network. */
@Entity('trunks')
export class Trunk extends WorkspaceRow {
  @Text()
  name!: string;

  @Text()
  host!: string;

  @Int()
  port!: number;

  @Text()
  transport!: 'udp' | 'tcp';

  @Text({ nullable: true })
  username!: string | null;

  /** A trunk answers challenges, so the password itself is needed: sealed. */
  @Text({ nullable: true })
  sealedPassword!: string | null;

  @Flag()
  register!: boolean;

  @JsonColumn()
  sources!: string[];

  @JsonColumn()
  prefixes!: string[];

  @Int({ nullable: true })
  maxCalls!: number | null;
}
