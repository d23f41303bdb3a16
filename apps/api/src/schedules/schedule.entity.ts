import type { Schedule as OpeningHours } from '@callwright/nodes';
import { Entity } from 'typeorm';
import { JsonColumn, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

/** Opening hours that scenarios name. */
@Entity('schedules')
export class Schedule extends WorkspaceRow {
  @Text()
  name!: string;

  @JsonColumn()
  schedule!: OpeningHours;
}
