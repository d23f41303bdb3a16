import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/** What a row that is there already does to the new one. */
export type OnConflict = 'keep' | 'replace';

interface Statement {
  run(values: readonly unknown[]): unknown;
}
interface SqliteConnection {
  prepare(sql: string): Statement;
}

/** Prepared once a connection: reading the SQL is most of what a small insert costs. */
const prepared = new WeakMap<SqliteConnection, Map<string, Statement>>();

/**
 * Inserts whole rows of one entity, many times a second. TypeORM's own builder makes every row's SQL anew and copies every value
 * several times; this keeps to its table names, columns and transformers, and to nothing else of it. Call it within `Database.change`.
 */
export async function bulkInsert<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
  onConflict: OnConflict,
): Promise<void> {
  if (rows.length === 0) return;
  const { driver, options } = manager.connection;
  const metadata = manager.connection.getMetadata(entity);
  const { columns } = metadata;
  const valuesOf = (row: T): unknown[] =>
    columns.map((column) => driver.preparePersistentValue(row[column.propertyName], column) ?? null);
  const sql = (tuples: string) => insertSql(driver.escape(metadata.tableName), columns, tuples, onConflict);

  if (options.type === 'better-sqlite3') {
    const { databaseConnection } = driver as unknown as { databaseConnection: SqliteConnection };
    const statement = prepare(databaseConnection, sql(`(${columns.map(() => '?').join()})`));
    for (const row of rows) statement.run(valuesOf(row));
    return;
  }
  const tuple = (_: T, index: number) =>
    `(${columns.map((_column, at) => `$${index * columns.length + at + 1}`).join()})`;
  await manager.query(sql(rows.map(tuple).join()), rows.flatMap(valuesOf));
}

function insertSql(table: string, columns: readonly ColumnMetadata[], tuples: string, onConflict: OnConflict): string {
  const name = ({ databaseName }: ColumnMetadata) => `"${databaseName}"`;
  const key = columns.filter(({ isPrimary }) => isPrimary).map(name);
  const rest = columns
    .filter(({ isPrimary }) => !isPrimary)
    .map((column) => `${name(column)} = EXCLUDED.${name(column)}`);
  const conflict = onConflict === 'keep' ? 'NOTHING' : `UPDATE SET ${rest.join()}`;
  return `INSERT INTO ${table} (${columns.map(name).join()}) VALUES ${tuples} ON CONFLICT (${key.join()}) DO ${conflict}`;
}

function prepare(connection: SqliteConnection, sql: string): Statement {
  const statements = prepared.get(connection) ?? new Map<string, Statement>();
  prepared.set(connection, statements);
  const statement = statements.get(sql) ?? connection.prepare(sql);
  statements.set(sql, statement);
  return statement;
}
