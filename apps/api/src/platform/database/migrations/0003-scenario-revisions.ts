import { type MigrationInterface, type QueryRunner, Table, TableForeignKey, TableIndex } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** Every save of a draft is kept for a while. The drafts that are there are the first of them. */
export class ScenarioRevisions1790000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = table(runner.connection.options.type as DatabaseKind);
    await runner.createTable(
      new Table({
        name: 'scenario_revisions',
        columns: [
          column.id(),
          column.time('createdAt'),
          column.time('updatedAt'),
          column.text('workspaceId'),
          column.text('scenarioId'),
          column.integer('revision'),
          column.text('name'),
          column.json('document'),
          column.text('savedBy'),
        ],
        indices: [
          new TableIndex({
            name: 'scenario_revisions_scenarioId_revision',
            columnNames: ['scenarioId', 'revision'],
            isUnique: true,
          }),
          new TableIndex({
            name: 'scenario_revisions_by_workspace',
            columnNames: ['workspaceId', 'createdAt', 'id'],
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
    await runner.query(
      `INSERT INTO scenario_revisions ("id", "createdAt", "updatedAt", "workspaceId", "scenarioId", "revision", "name", "document", "savedBy")
       SELECT "id", "updatedAt", "updatedAt", "workspaceId", "id", "revision", "name", "document", '' FROM scenarios`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('scenario_revisions');
  }
}
