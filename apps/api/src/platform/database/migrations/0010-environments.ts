import { type MigrationInterface, type QueryRunner, Table, TableForeignKey, TableIndex } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** Where scenarios run, what names mean there, and which version does; a number is in one of them. */
export class Environments1790000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = table(runner.connection.options.type as DatabaseKind);
    const common = () => [column.id(), column.time('createdAt'), column.time('updatedAt'), column.text('workspaceId')];
    const to = (name: string, referencedTableName: string, onDelete = 'NO ACTION') =>
      new TableForeignKey({ columnNames: [name], referencedTableName, referencedColumnNames: ['id'], onDelete });
    await runner.createTable(
      new Table({
        name: 'environments',
        columns: [
          ...common(),
          column.text('name'),
          column.text('title'),
          column.text('releases'),
          column.json('bindings'),
        ],
        indices: [new TableIndex({ name: 'environments_name', columnNames: ['workspaceId', 'name'], isUnique: true })],
        foreignKeys: [to('workspaceId', 'workspaces')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'promotions',
        columns: [
          ...common(),
          column.text('environmentId'),
          column.text('scenarioId'),
          column.integer('version'),
          column.text('comment'),
          column.text('promotedBy'),
        ],
        indices: [new TableIndex({ name: 'promotions_by_environment', columnNames: ['environmentId', 'createdAt'] })],
        foreignKeys: [
          to('workspaceId', 'workspaces'),
          to('environmentId', 'environments', 'CASCADE'),
          to('scenarioId', 'scenarios', 'CASCADE'),
        ],
      }),
    );
    await runner.addColumn('numbers', column.text('environment', { default: "'production'" }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('numbers', 'environment');
    await runner.dropTable('promotions');
    await runner.dropTable('environments');
  }
}
