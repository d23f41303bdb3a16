import { type MigrationInterface, type QueryRunner, Table, TableForeignKey, TableIndex } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** What was faxed and what is to be. */
export class FaxDocuments1790000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = table(runner.connection.options.type as DatabaseKind);
    await runner.createTable(
      new Table({
        name: 'fax_documents',
        columns: [
          column.id(),
          column.time('createdAt'),
          column.time('updatedAt'),
          column.text('workspaceId'),
          column.text('name'),
          column.text('origin'),
          column.text('callId', { isNullable: true }),
          column.integer('pages'),
          column.integer('bytes'),
        ],
        indices: [
          new TableIndex({ name: 'fax_documents_name', columnNames: ['workspaceId', 'name'], isUnique: true }),
          new TableIndex({ name: 'fax_documents_by_age', columnNames: ['workspaceId', 'createdAt', 'id'] }),
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
    await runner.dropTable('fax_documents');
  }
}
