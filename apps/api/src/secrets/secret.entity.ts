import { Entity } from 'typeorm';
import { Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** A value that scenarios may send and nobody may read. */
@Entity('secrets')
export class Secret extends WorkspaceRow {
  @Text()
  name!: string;

  @Text()
  sealedValue!: string;
}
