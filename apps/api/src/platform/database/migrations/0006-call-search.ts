import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** What calls are found by: the steps that they took, and the values of their variables. */
export class CallSearch1790000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const kind = runner.connection.options.type as DatabaseKind;
    const column = table(kind);
    const nullable = { isNullable: true } as const;
    const key = { isPrimary: true } as const;
    const index = (name: string, ...columnNames: string[]) => new TableIndex({ name, columnNames });
    await runner.addColumn('calls', column.text('lastNode', nullable));
    await runner.createIndex('calls', index('calls_by_cause', 'workspaceId', 'cause', 'startedAt'));
    await runner.createTable(
      new Table({
        name: 'call_steps',
        columns: [
          column.id('callId'),
          column.integer('seq', key),
          column.text('workspaceId'),
          column.text('scenarioId', nullable),
          column.integer('version', nullable),
          column.text('node'),
          column.text('outcome', nullable),
          column.time('startedAt'),
          column.big('durationMs'),
        ],
        indices: [
          index('call_steps_by_node', 'workspaceId', 'node', 'outcome', 'startedAt'),
          // All that a heat map asks for lies in the index.
          index(
            'call_steps_by_scenario',
            'workspaceId',
            'scenarioId',
            'startedAt',
            'version',
            'node',
            'outcome',
            'durationMs',
          ),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'call_variables',
        columns: [
          column.id('callId'),
          column.text('name', key),
          column.text('workspaceId'),
          column.text('value'),
          column.time('startedAt'),
        ],
        indices: [index('call_variables_by_value', 'workspaceId', 'name', 'value', 'startedAt')],
      }),
    );
    await backfill(runner, kind);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['call_variables', 'call_steps']) await runner.dropTable(name);
    await runner.dropIndex('calls', 'calls_by_cause');
    await runner.dropColumn('calls', 'lastNode');
  }
}

/** Calls of before are found as well: their logs hold all of it. */
async function backfill(runner: QueryRunner, kind: DatabaseKind): Promise<void> {
  const field = (name: string) => (kind === 'postgres' ? `e.event->>'${name}'` : `json_extract(e.event, '$.${name}')`);
  const name = field('name');
  await runner.query(
    `INSERT INTO call_steps ("callId", seq, "workspaceId", "scenarioId", version, node, outcome, "startedAt", "durationMs")
     SELECT e."callId", e.seq, c."workspaceId", c."scenarioId", c.version, ${field('node')}, ${field('outcome')}, c."startedAt",
            CAST(${field('durationMs')} AS double precision)
     FROM call_events e JOIN calls c ON c.id = e."callId" WHERE ${name} = 'node.left'`,
  );
  await runner.query(
    `UPDATE calls SET "lastNode" = (
       SELECT ${field('node')} FROM call_events e
       WHERE e."callId" = calls.id AND ${name} = 'node.entered'
         AND e.seq < COALESCE((SELECT MIN(x.seq) FROM call_events x WHERE x."callId" = calls.id
           AND ${name.replace('e.event', 'x.event')} = 'call.ended'), 2147483647)
       ORDER BY e.seq DESC LIMIT 1)`,
  );
}
