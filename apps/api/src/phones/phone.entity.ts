import { Entity } from 'typeorm';
import { Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** A SIP phone that may register. */
@Entity('phones')
export class Phone extends WorkspaceRow {
  /** Unique among all workspaces: there is one realm. */
  @Text()
  username!: string;

  @Text()
  displayName!: string;

  /** Sealed `{md5, sha256}` digest secrets; the password itself is not kept. */
  @Text()
  sealedHa1!: string;
}
