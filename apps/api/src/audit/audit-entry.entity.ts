import { Entity } from 'typeorm';
import { JsonColumn, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** Who changed what. Never holds a secret. */
@Entity('audit')
export class AuditEntry extends WorkspaceRow {
  /** E-mail address of a user, name of a token, or `system`. */
  @Text()
  actor!: string;

  /** `scenario.updated` */
  @Text()
  action!: string;

  @Text()
  target!: string;

  @JsonColumn({ nullable: true })
  before!: object | null;

  @JsonColumn({ nullable: true })
  after!: object | null;
}
