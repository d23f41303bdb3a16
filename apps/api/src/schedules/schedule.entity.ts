import type { z } from 'zod';
import { Entity } from 'typeorm';
import { JsonColumn, Text } from '../platform/database/columns.js';
import { WorkspaceRow } from '../platform/database/row.js';
import type { scheduleSchema } from './schedules.schemas.js';

@Entity('schedules')
export class Schedule extends WorkspaceRow {
  @Text()
  name!: string;

  @JsonColumn()
  schedule!: z.output<typeof scheduleSchema>;
}
