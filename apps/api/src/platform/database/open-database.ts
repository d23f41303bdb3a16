import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { Session } from '../../auth/session.entity.js';
import { CallEventRow, CallRow } from '../../calls/call.entity.js';
import { CallSignallingRow } from '../../calls/signalling/signalling.entity.js';
import { CallStepRow, CallVariableRow } from '../../calls/call-search.entity.js';
import { Environment, Promotion } from '../../environments/environment.entity.js';
import { Fax, FaxProfile } from '../../faxes/fax.entity.js';
import { FaxDocument } from '../../faxes/documents/fax-document.entity.js';
import { Limits, OutboundUsage } from '../../limits/limits.entity.js';
import { Media } from '../../media/media.entity.js';
import { PhoneNumber } from '../../numbers/number.entity.js';
import { Phone } from '../../phones/phone.entity.js';
import { ScenarioRevision } from '../../scenarios/revisions/revision.entity.js';
import { Scenario, ScenarioVersion } from '../../scenarios/scenario.entity.js';
import { ScenarioTestRow } from '../../scenarios/tests/scenario-test.entity.js';
import { Schedule } from '../../schedules/schedule.entity.js';
import { Secret } from '../../secrets/secret.entity.js';
import { ApiToken } from '../../tokens/api-token.entity.js';
import { Trunk } from '../../trunks/trunk.entity.js';
import { User } from '../../users/user.entity.js';
import { Webhook, WebhookDelivery } from '../../webhooks/webhook.entity.js';
import { Workspace } from '../../workspaces/workspace.entity.js';
import type { Config } from '../config/config.js';
import { FirstTables1790000000001 } from './migrations/0001-first-tables.js';
import { LimitsOfScenariosAndTrunks1790000000004 } from './migrations/0004-limits-of-scenarios-and-trunks.js';
import { CallSignalling1790000000009 } from './migrations/0009-call-signalling.js';
import { Environments1790000000010 } from './migrations/0010-environments.js';
import { Faxes1790000000007 } from './migrations/0007-faxes.js';
import { FaxTimes1790000000008 } from './migrations/0008-fax-times.js';
import { FaxDocuments1790000000005 } from './migrations/0005-fax-documents.js';
import { CallSearch1790000000006 } from './migrations/0006-call-search.js';
import { ScenarioTests1790000000002 } from './migrations/0002-scenario-tests.js';
import { ScenarioRevisions1790000000003 } from './migrations/0003-scenario-revisions.js';

const entities = [
  ApiToken,
  AuditEntry,
  CallEventRow,
  CallRow,
  CallSignallingRow,
  CallStepRow,
  CallVariableRow,
  Environment,
  Fax,
  FaxDocument,
  FaxProfile,
  Limits,
  Media,
  OutboundUsage,
  Phone,
  PhoneNumber,
  Promotion,
  Scenario,
  ScenarioTestRow,
  ScenarioRevision,
  ScenarioVersion,
  Schedule,
  Secret,
  Session,
  Trunk,
  User,
  Webhook,
  WebhookDelivery,
  Workspace,
];
/** Any number, as long as nobody else on that database uses it: the letters CALL. */
const MIGRATION_LOCK = 0x43414c4c;

const migrations = [
  FirstTables1790000000001,
  ScenarioTests1790000000002,
  ScenarioRevisions1790000000003,
  LimitsOfScenariosAndTrunks1790000000004,
  FaxDocuments1790000000005,
  CallSearch1790000000006,
  Faxes1790000000007,
  FaxTimes1790000000008,
  CallSignalling1790000000009,
  Environments1790000000010,
];

interface Pragmas {
  pragma(text: string): unknown;
}

/** SQLite in the data folder, or the PostgreSQL that DATABASE_URL names; its tables are brought up to date. */
export async function openDatabase(config: Pick<Config, 'DATA_DIR' | 'DATABASE_URL'>): Promise<DataSource> {
  const source = config.DATABASE_URL
    ? new DataSource({
        type: 'postgres',
        url: config.DATABASE_URL,
        entities,
        migrations,
        poolSize: 20,
        connectTimeoutMS: 5000,
      })
    : new DataSource({
        type: 'better-sqlite3',
        database: sqliteFile(config.DATA_DIR),
        entities,
        migrations,
        prepareDatabase: tuneSqlite,
      });
  await source.initialize();
  await migrate(source);
  return source;
}

/** Instances that start together on one PostgreSQL wait for each other. */
async function migrate(source: DataSource): Promise<void> {
  if (source.options.type !== 'postgres') {
    await source.runMigrations({ transaction: 'all' });
    return;
  }
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await source.runMigrations({ transaction: 'all' });
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await lock.release();
  }
}

function sqliteFile(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  return join(dataDir, 'callwright.sqlite');
}

/** WAL lets readers and the writer be at it together; NORMAL is durable against a crash of the process, which is the promise here. */
function tuneSqlite(connection: Pragmas): void {
  for (const setting of ['journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = ON', 'busy_timeout = 5000'])
    connection.pragma(setting);
}
