import { Entity } from 'typeorm';
import { Int, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** A number, or all numbers with a prefix, at which a scenario answers. */
@Entity('numbers')
export class PhoneNumber extends WorkspaceRow {
  /** Unique among all workspaces: an INVITE names a number and no workspace. */
  @Text()
  pattern!: string;

  @Text()
  scenarioId!: string;

  /** Null: the latest. */
  @Int({ nullable: true })
  version!: number | null;

  /** By name: what the names of the scenario mean, and which version is the latest. */
  @Text({ default: 'production' })
  environment!: string;
}
