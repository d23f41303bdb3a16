import { Entity } from 'typeorm';
import type { Role } from '../auth/roles.js';
import { Flag, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

@Entity('users')
export class User extends WorkspaceRow {
  /** Lower case; unique among all workspaces, because people log in with it. */
  @Text()
  email!: string;

  @Text()
  name!: string;

  @Text()
  role!: Role;

  /** argon2id, in PHC form. */
  @Text()
  passwordHash!: string;

  @Flag()
  disabled!: boolean;

  /** The first administrator, who also makes workspaces. */
  @Flag()
  owner!: boolean;
}
