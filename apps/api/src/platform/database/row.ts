import { PrimaryColumn } from 'typeorm';
import { Text, Time } from './columns.js';

/** What every stored object has. */
export abstract class Row {
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Time()
  createdAt!: string;

  @Time()
  updatedAt!: string;
}

/** What belongs to one workspace and does not exist for the others. */
export abstract class WorkspaceRow extends Row {
  @Text()
  workspaceId!: string;
}
