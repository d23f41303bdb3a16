import { Entity } from 'typeorm';
import { Int, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** An audio file that prompts name. The file is stored under its id. */
@Entity('media')
export class Media extends WorkspaceRow {
  @Text()
  name!: string;

  @Text()
  contentType!: string;

  @Int()
  durationMs!: number;

  @Int()
  bytes!: number;
}
