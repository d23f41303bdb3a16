import { Column, type ColumnOptions, TableColumn, type TableColumnOptions } from 'typeorm';

/*
 * The two databases differ in how they keep times and JSON. The difference lives here: migrations use `table`, entities the decorators.
 */

export type DatabaseKind = 'better-sqlite3' | 'postgres';

/** Column descriptions for migrations. PostgreSQL keeps `json` and not `jsonb`, because a document's keys keep their order. */
export const table = (kind: DatabaseKind) => {
  const column = (name: string, type: string, options: Partial<TableColumnOptions> = {}) =>
    new TableColumn({ name, type, ...options });
  return {
    id: (name = 'id') => column(name, 'varchar', { isPrimary: true }),
    text: (name: string, options?: Partial<TableColumnOptions>) => column(name, 'varchar', options),
    integer: (name: string, options?: Partial<TableColumnOptions>) => column(name, 'integer', options),
    /** Larger than 31 bits. */
    big: (name: string, options?: Partial<TableColumnOptions>) => column(name, 'double precision', options),
    boolean: (name: string, options?: Partial<TableColumnOptions>) => column(name, 'boolean', options),
    json: (name: string, options?: Partial<TableColumnOptions>) =>
      column(name, kind === 'postgres' ? 'json' : 'text', options),
    time: (name: string, options?: Partial<TableColumnOptions>) =>
      column(name, kind === 'postgres' ? 'timestamptz' : 'varchar', options),
  };
};

/** SQL for the minute of a time column, in UTC: `2026-03-02T10:04`. */
export const minuteOf = (kind: string, column: string): string =>
  kind === 'postgres' ? `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI')` : `substr(${column}, 1, 16)`;

const toIso = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
const fromJson = (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value);

export const Text = (options: ColumnOptions = {}) => Column({ type: 'varchar', ...options });
export const Int = (options: ColumnOptions = {}) => Column({ type: 'integer', ...options });
export const Big = (options: ColumnOptions = {}) => Column({ type: 'double precision', ...options });
export const Flag = (options: ColumnOptions = {}) => Column({ type: 'boolean', ...options });

/** An ISO 8601 text in UTC, whatever the database keeps. */
export const Time = (options: ColumnOptions = {}) =>
  Column({ type: 'varchar', transformer: { to: (value: unknown) => value, from: toIso }, ...options });

/** Any JSON value. PostgreSQL's driver parses it itself; null in the column is null. */
export const JsonColumn = (options: ColumnOptions = {}) =>
  Column({
    type: 'varchar',
    transformer: {
      to: (value: unknown) => (value === undefined || value === null ? value : JSON.stringify(value)),
      from: fromJson,
    },
    ...options,
  });

/** A pattern of LIKE for texts that hold this one, with `\\` as its ESCAPE; both sides in lower case. */
export const containing = (text: string): string => `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
