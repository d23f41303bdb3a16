import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** Outbound calls are counted for workspaces, scenarios and trunks, and by all instances together. */
export class LimitsOfScenariosAndTrunks1790000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const kind = runner.connection.options.type as DatabaseKind;
    const column = table(kind);
    const json = kind === 'postgres' ? 'json' : 'text';
    for (const name of ['scenarios', 'trunks'])
      await runner.query(`ALTER TABLE "limits" ADD COLUMN "${name}" ${json} NOT NULL DEFAULT '[]'`);
    await runner.renameTable('outbound_usage', 'outbound_usage_before');
    await runner.createTable(
      new Table({
        name: 'outbound_usage',
        columns: [
          column.id('instanceId'),
          column.text('what', { isPrimary: true }),
          column.id(),
          column.text('day', { isPrimary: true }),
          column.text('workspaceId'),
          column.integer('seconds'),
          column.text('updatedAt'),
        ],
        indices: [new TableIndex({ name: 'outbound_usage_of_day', columnNames: ['workspaceId', 'day'] })],
      }),
    );
    await runner.query(`INSERT INTO "outbound_usage" ("instanceId", "what", "id", "day", "workspaceId", "seconds", "updatedAt")
      SELECT '', 'workspace', "workspaceId", "day", "workspaceId", "seconds", "updatedAt" FROM "outbound_usage_before"`);
    await runner.dropTable('outbound_usage_before');
    await runner.createTable(
      new Table({
        name: 'outbound_legs',
        columns: [
          column.id(),
          column.text('workspaceId'),
          column.text('scenarioId', { isNullable: true }),
          column.text('trunkId', { isNullable: true }),
          column.text('instanceId'),
          column.big('beganAt'),
          column.big('answeredAt', { isNullable: true }),
          column.big('endedAt', { isNullable: true }),
          column.big('seenAt'),
        ],
        indices: [
          new TableIndex({ name: 'outbound_legs_of_workspace', columnNames: ['workspaceId'] }),
          new TableIndex({ name: 'outbound_legs_of_instance', columnNames: ['instanceId'] }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('outbound_legs');
    await runner.dropTable('outbound_usage');
    await runner.createTable(
      new Table({
        name: 'outbound_usage',
        columns: ['workspaceId', 'day'].map((name) => table(runner.connection.options.type as DatabaseKind).id(name)),
      }),
    );
    for (const name of ['trunks', 'scenarios']) await runner.query(`ALTER TABLE "limits" DROP COLUMN "${name}"`);
  }
}
