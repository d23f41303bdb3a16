import type { ScenarioDocument } from '@callwright/scenario';
import { Entity } from 'typeorm';
import { Int, JsonColumn, Text } from '../../platform/database/columns.js';
import { WorkspaceRow } from '../../platform/database/row.js';

/** The draft as it was saved once. `createdAt` is when. */
@Entity('scenario_revisions')
export class ScenarioRevision extends WorkspaceRow {
  @Text()
  scenarioId!: string;

  /** The ETag that it had. */
  @Int()
  revision!: number;

  @Text()
  name!: string;

  @JsonColumn()
  document!: ScenarioDocument;

  /** E-mail address of a user or name of a token. */
  @Text()
  savedBy!: string;
}
