import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** What every call said and heard in its signalling. */
export class CallSignalling1790000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = table(runner.connection.options.type as DatabaseKind);
    await runner.createTable(
      new Table({
        name: 'call_signalling',
        columns: [column.id('callId'), column.integer('part', { isPrimary: true }), column.json('messages')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('call_signalling');
  }
}
