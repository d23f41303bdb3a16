import { type MigrationInterface, type QueryRunner, Table, TableForeignKey, TableIndex } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** The fax queue and its history, and how faxes go best to a number. */
export class Faxes1790000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = table(runner.connection.options.type as DatabaseKind);
    const nullable = { isNullable: true };
    const ofWorkspace = () =>
      new TableForeignKey({
        columnNames: ['workspaceId'],
        referencedTableName: 'workspaces',
        referencedColumnNames: ['id'],
      });
    await runner.createTable(
      new Table({
        name: 'faxes',
        columns: [
          column.id(),
          column.time('createdAt'),
          column.time('updatedAt'),
          column.text('workspaceId'),
          column.text('direction'),
          column.text('state'),
          column.text('to'),
          column.text('from', nullable),
          column.text('document'),
          column.json('options'),
          column.integer('priority'),
          column.json('attempts'),
          column.time('nextAttemptAt', nullable),
          column.integer('pages'),
          column.integer('totalPages', nullable),
          column.integer('inDoubtPage', nullable),
          column.text('outcome', nullable),
          column.text('cause', nullable),
          column.text('explanation', nullable),
          column.text('advice', nullable),
          column.text('callId', nullable),
          column.text('idempotencyKey', nullable),
          column.text('requestHash', nullable),
          column.text('claimedBy', nullable),
          column.time('claimedUntil', nullable),
          column.time('endedAt', nullable),
        ],
        indices: [
          new TableIndex({ name: 'faxes_by_age', columnNames: ['workspaceId', 'createdAt', 'id'] }),
          new TableIndex({ name: 'faxes_due', columnNames: ['state', 'nextAttemptAt'] }),
          new TableIndex({ name: 'faxes_by_call', columnNames: ['callId'] }),
          new TableIndex({ name: 'faxes_key', columnNames: ['workspaceId', 'idempotencyKey'], isUnique: true }),
        ],
        foreignKeys: [ofWorkspace()],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'fax_profiles',
        columns: [column.id('workspaceId'), column.text('to', { isPrimary: true }), column.integer('step')],
        foreignKeys: [ofWorkspace()],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('fax_profiles');
    await runner.dropTable('faxes');
  }
}
