import type { JsonObject } from '@callwright/kernel';
import { Entity } from 'typeorm';
import { JsonColumn, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';

@Entity('schedules')
export class Schedule extends WorkspaceRow {
  @Text()
  name!: string;

  @JsonColumn()
  schedule!: JsonObject;
}
