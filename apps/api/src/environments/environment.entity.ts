import type { NameKind } from '@callwright/nodes';
import { Entity } from 'typeorm';
import { Int, JsonColumn, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** Which thing of the workspace a name in a document stands for, by kind: `{ media: { welcome: 'welcome-test' } }`. */
export type Bindings = Readonly<Partial<Record<NameKind, Readonly<Record<string, string>>>>>;

export const RELEASES = ['automatic', 'promoted'] as const;
/** Whether the newest published version answers by itself, or only one that somebody promoted. */
export type Releases = (typeof RELEASES)[number];

/** A place where scenarios run: production, staging. The same version means other media, trunks and secrets in each. */
@Entity('environments')
export class Environment extends WorkspaceRow {
  /** By which numbers and calls name it; never changes. */
  @Text()
  name!: string;

  @Text()
  title!: string;

  @Text()
  releases!: Releases;

  @JsonColumn()
  bindings!: Bindings;
}

/** A version was made the one that runs in an environment. The newest of a scenario counts; it never changes. */
@Entity('promotions')
export class Promotion extends WorkspaceRow {
  @Text()
  environmentId!: string;

  @Text()
  scenarioId!: string;

  @Int()
  version!: number;

  @Text()
  comment!: string;

  /** E-mail address of a user or name of a token. */
  @Text()
  promotedBy!: string;
}
