import { type MigrationInterface, type QueryRunner, Table, TableForeignKey, TableIndex } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** Tests that are kept with their scenario. */
export class ScenarioTests1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = table(runner.connection.options.type as DatabaseKind);
    await runner.createTable(
      new Table({
        name: 'scenario_tests',
        columns: [
          column.id(),
          column.time('createdAt'),
          column.time('updatedAt'),
          column.text('workspaceId'),
          column.text('scenarioId'),
          column.text('name'),
          column.json('test'),
        ],
        indices: [
          new TableIndex({ name: 'scenario_tests_name', columnNames: ['scenarioId', 'name'], isUnique: true }),
          new TableIndex({
            name: 'scenario_tests_by_scenario',
            columnNames: ['workspaceId', 'scenarioId', 'createdAt', 'id'],
          }),
        ],
        foreignKeys: [
          new TableForeignKey({
            columnNames: ['workspaceId'],
            referencedTableName: 'workspaces',
            referencedColumnNames: ['id'],
          }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('scenario_tests');
  }
}
