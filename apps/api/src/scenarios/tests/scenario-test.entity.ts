import type { ScenarioTest } from '@callwright/runtime/rehearsal';
import { Entity } from 'typeorm';
import { JsonColumn, Text } from '../../platform/database/columns.js';
import { WorkspaceRow } from '../../platform/database/row.js';

/** A test of a scenario, as a test file holds it: what the caller does, and what must come of it. */
@Entity('scenario_tests')
export class ScenarioTestRow extends WorkspaceRow {
  @Text()
  scenarioId!: string;

  /** The test's own; unique in the scenario. */
  @Text()
  name!: string;

  @JsonColumn()
  test!: ScenarioTest;
}
