import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** When a fax is tried: in the hours of a schedule, and until when. */
export class FaxTimes1790000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = table(runner.connection.options.type as DatabaseKind);
    await runner.addColumns('faxes', [
      column.time('giveUpAt', { isNullable: true }),
      column.text('schedule', { isNullable: true }),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('faxes', ['giveUpAt', 'schedule']);
  }
}
