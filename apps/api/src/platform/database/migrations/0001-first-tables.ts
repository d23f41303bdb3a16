import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  type TableColumn,
  TableForeignKey,
  TableIndex,
} from 'typeorm';
import { type DatabaseKind, table } from '../columns.js';

/** Everything that the first release stores. */
export class FirstTables1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = table(runner.connection.options.type as DatabaseKind);
    const nullable = { isNullable: true } as const;
    const row = () => [column.id(), column.time('createdAt'), column.time('updatedAt')];
    const workspaceRow = () => [...row(), column.text('workspaceId')];

    const make = async (name: string, columns: TableColumn[], ...unique: string[][]) => {
      const owned = columns.some((one) => one.name === 'workspaceId' && !one.isPrimary);
      await runner.createTable(
        new Table({
          name,
          columns,
          indices: [
            ...unique.map(
              (columnNames) =>
                new TableIndex({ name: `${name}_${columnNames.join('_')}`, columnNames, isUnique: true }),
            ),
            ...(owned
              ? [new TableIndex({ name: `${name}_by_workspace`, columnNames: ['workspaceId', 'createdAt', 'id'] })]
              : []),
          ],
          foreignKeys: owned
            ? [
                new TableForeignKey({
                  columnNames: ['workspaceId'],
                  referencedTableName: 'workspaces',
                  referencedColumnNames: ['id'],
                }),
              ]
            : [],
        }),
      );
    };

    await make('workspaces', [...row(), column.text('name')]);
    await make(
      'users',
      [
        ...workspaceRow(),
        column.text('email'),
        column.text('name'),
        column.text('role'),
        column.text('passwordHash'),
        column.boolean('disabled'),
        column.boolean('owner'),
      ],
      ['email'],
    );
    await make(
      'sessions',
      [...workspaceRow(), column.text('userId'), column.text('tokenHash'), column.time('expiresAt')],
      ['tokenHash'],
    );
    await make(
      'api_tokens',
      [
        ...workspaceRow(),
        column.text('name'),
        column.text('role'),
        column.json('scopes'),
        column.text('tokenHash'),
        column.time('expiresAt', nullable),
      ],
      ['tokenHash'],
    );
    await make(
      'scenarios',
      [
        ...workspaceRow(),
        column.text('name'),
        column.text('documentId'),
        column.json('document'),
        column.integer('revision'),
        column.integer('latestVersion', nullable),
      ],
      ['workspaceId', 'documentId'],
    );
    await make(
      'scenario_versions',
      [
        ...workspaceRow(),
        column.text('scenarioId'),
        column.integer('version'),
        column.text('comment'),
        column.json('document'),
        column.time('publishedAt'),
        column.text('publishedBy'),
      ],
      ['scenarioId', 'version'],
    );
    await make(
      'numbers',
      [...workspaceRow(), column.text('pattern'), column.text('scenarioId'), column.integer('version', nullable)],
      ['pattern'],
    );
    await make(
      'phones',
      [...workspaceRow(), column.text('username'), column.text('displayName'), column.text('sealedHa1')],
      ['username'],
    );
    await make(
      'trunks',
      [
        ...workspaceRow(),
        column.text('name'),
        column.text('host'),
        column.integer('port'),
        column.text('transport'),
        column.text('username', nullable),
        column.text('sealedPassword', nullable),
        column.boolean('register'),
        column.json('sources'),
        column.json('prefixes'),
        column.integer('maxCalls', nullable),
      ],
      ['workspaceId', 'name'],
    );
    await make('limits', [
      ...row(),
      column.json('outboundPrefixes'),
      column.json('deniedPrefixes'),
      column.json('sipHosts'),
      column.integer('callsPerSecond'),
      column.integer('concurrentCalls'),
      column.integer('minutesPerDay'),
    ]);
    await make('outbound_usage', [
      column.id('workspaceId'),
      column.text('day', { isPrimary: true }),
      column.integer('seconds'),
      column.text('updatedAt'),
    ]);
    await make('schedules', [...workspaceRow(), column.text('name'), column.json('schedule')], ['workspaceId', 'name']);
    await make(
      'secrets',
      [...workspaceRow(), column.text('name'), column.text('sealedValue')],
      ['workspaceId', 'name'],
    );
    await make(
      'media',
      [
        ...workspaceRow(),
        column.text('name'),
        column.text('contentType'),
        column.integer('durationMs'),
        column.integer('bytes'),
      ],
      ['workspaceId', 'name'],
    );
    await make('webhooks', [...workspaceRow(), column.text('url'), column.json('events'), column.text('sealedSecret')]);
    await make('webhook_deliveries', [
      ...workspaceRow(),
      column.text('webhookId'),
      column.text('body'),
      column.integer('attempts'),
      column.time('dueAt'),
    ]);
    await make('calls', [
      ...workspaceRow(),
      column.text('scenarioId', nullable),
      column.integer('version', nullable),
      column.text('direction'),
      column.text('from'),
      column.text('to'),
      column.text('number', nullable),
      column.text('state'),
      column.text('cause', nullable),
      column.text('endedBy', nullable),
      column.text('node', nullable),
      column.time('startedAt'),
      column.time('answeredAt', nullable),
      column.time('endedAt', nullable),
      column.big('durationMs', nullable),
      column.text('instanceId'),
      column.json('path'),
      column.json('variables'),
      column.json('legs'),
      column.json('recordings'),
    ]);
    await runner.createIndex(
      'calls',
      new TableIndex({ name: 'calls_by_start', columnNames: ['workspaceId', 'startedAt', 'id'] }),
    );
    await runner.createIndex(
      'calls',
      new TableIndex({ name: 'calls_by_scenario', columnNames: ['workspaceId', 'scenarioId', 'startedAt'] }),
    );
    await runner.createIndex('calls', new TableIndex({ name: 'calls_by_state', columnNames: ['state'] }));
    await make('call_events', [column.id('callId'), column.integer('seq', { isPrimary: true }), column.json('event')]);
    await make('audit', [
      ...workspaceRow(),
      column.text('actor'),
      column.text('action'),
      column.text('target'),
      column.json('before', nullable),
      column.json('after', nullable),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of [
      'audit',
      'call_events',
      'calls',
      'webhook_deliveries',
      'webhooks',
      'media',
      'secrets',
      'schedules',
      'outbound_usage',
      'limits',
      'trunks',
      'phones',
      'numbers',
      'scenario_versions',
      'scenarios',
      'api_tokens',
      'sessions',
      'users',
      'workspaces',
    ]) {
      await runner.dropTable(name);
    }
  }
}
