import { Entity } from 'typeorm';
import { Text } from '../platform/database/columns.js';
import { Row } from '../platform/database/row.js';

/** A tenant. Nothing of one workspace exists for another. */
@Entity('workspaces')
export class Workspace extends Row {
  @Text()
  name!: string;
}
