import { Entity } from 'typeorm';
import { Text, Time } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** Somebody is logged in. The token itself is not kept. */
@Entity('sessions')
export class Session extends WorkspaceRow {
  @Text()
  userId!: string;

  @Text()
  tokenHash!: string;

  @Time()
  expiresAt!: string;
}
