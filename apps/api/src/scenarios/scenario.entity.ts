import type { ScenarioDocument } from '@callwright/scenario';
import { Entity } from 'typeorm';
import { Int, JsonColumn, Text, Time } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** As the version of a number or a call: what is being drawn, as it was last saved. */
export const DRAFT = 0;

/** A scenario with its draft. */
@Entity('scenarios')
export class Scenario extends WorkspaceRow {
  @Text()
  name!: string;

  /** `document.id`, by which other scenarios name it; unique in the workspace. */
  @Text()
  documentId!: string;

  @JsonColumn()
  document!: ScenarioDocument;

  /** Counts the changes of the draft; it is the ETag. */
  @Int()
  revision!: number;

  @Int({ nullable: true })
  latestVersion!: number | null;
}

/** A published version: never changed. */
@Entity('scenario_versions')
export class ScenarioVersion extends WorkspaceRow {
  @Text()
  scenarioId!: string;

  @Int()
  version!: number;

  @Text()
  comment!: string;

  @JsonColumn()
  document!: ScenarioDocument;

  @Time()
  publishedAt!: string;

  /** E-mail address of a user or name of a token. */
  @Text()
  publishedBy!: string;
}
