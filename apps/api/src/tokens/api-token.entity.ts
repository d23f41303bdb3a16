import { Entity } from 'typeorm';
import type { Role } from '../auth/roles.js';
import { JsonColumn, Text, Time } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** A key for a program. The token itself is not kept. */
@Entity('api_tokens')
export class ApiToken extends WorkspaceRow {
  @Text()
  name!: string;

  @Text()
  role!: Role;

  /** Empty: everything that the role may. */
  @JsonColumn()
  scopes!: string[];

  @Text()
  tokenHash!: string;

  @Time({ nullable: true })
  expiresAt!: string | null;
}
