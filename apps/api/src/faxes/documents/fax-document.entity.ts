import { Entity } from 'typeorm';
import { Int, Text } from '../../platform/database/columns.js';
import { WorkspaceRow } from '../../platform/database/row.js';

/** Where a fax document comes from. */
export const FAX_DOCUMENT_ORIGINS = ['uploaded', 'built', 'received'] as const;
export type FaxDocumentOrigin = (typeof FAX_DOCUMENT_ORIGINS)[number];

/** Pages that go on the line as they are, or came from it. The file is a TIFF, stored under the row's id. */
@Entity('fax_documents')
export class FaxDocument extends WorkspaceRow {
  @Text()
  name!: string;

  @Text()
  origin!: FaxDocumentOrigin;

  /** The call that brought it, or made it; null: nobody called. */
  @Text({ nullable: true })
  callId!: string | null;

  @Int()
  pages!: number;

  @Int()
  bytes!: number;
}
