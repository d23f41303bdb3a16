import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallEvent } from '@callwright/runtime';
import { VirtualClock } from '@callwright/kernel';
import { pino } from 'pino';
import type { DataSource, EntityManager } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../workspaces/workspace.entity.js';
import { readConfig } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { openDatabase } from '../platform/database/open-database.js';
import { InstanceId } from '../platform/instance-id.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { freshDatabaseUrl } from '../testing/test-database.js';
import { CallEventRow, CallRow } from './call.entity.js';
import { openRecord, recordWith } from './call-record.js';
import { EventLog } from './event-log.js';

let dataDir: string;
let source: DataSource;
let database: Database;
let log: EventLog;
let away = false;
const clock = new VirtualClock(Date.parse('2026-03-02T12:00:00Z'));

/** A database that can be switched off. */
class SwitchedDatabase extends Database {
  override change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return away
      ? Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
      : super.change(work);
  }
}

beforeEach(async () => {
  away = false;
  dataDir = mkdtempSync(join(tmpdir(), 'callwright-log-'));
  const databaseUrl = await freshDatabaseUrl();
  source = await openDatabase(readConfig({ DATA_DIR: dataDir, DATABASE_URL: databaseUrl }));
  database = new SwitchedDatabase(source, clock);
  await database.change((manager) => manager.insert(Workspace, { ...database.fresh(), id: 'w', name: 'W' }));
  log = newLog();
  await log.recover();
});
afterEach(async () => {
  await log.onApplicationShutdown();
  await source.destroy();
  rmSync(dataDir, { recursive: true, force: true });
});

const newLog = () =>
  new EventLog(
    database,
    new Metrics(),
    new InstanceId(readConfig({ DATA_DIR: dataDir, INSTANCE_ID: 'i' })),
    readConfig({ DATA_DIR: dataDir }),
    clock,
    pino({ level: 'silent' }),
  );
const at = '2026-03-02T12:00:00.000Z';

const opening = (id: string) =>
  ({
    id,
    workspaceId: 'w',
    scenarioId: 's',
    version: 1,
    direction: 'inbound',
    from: '1',
    to: '2',
    number: null,
    startedAt: at,
    instanceId: 'i',
  }) as const;

/** Appends a whole call of `digits` key presses. */
function call(id: string, digits = 3): number {
  let record = openRecord(opening(id));
  let seq = 0;
  const tell = (event: object) => {
    const whole = { callId: id, scenarioId: 's', version: 1, seq: (seq += 1), at, ...event } as CallEvent;
    record = recordWith(record, whole);
    log.append({ event: whole, record });
  };
  tell({ name: 'call.started', direction: 'inbound', from: '1', to: '2', parameters: {} });
  for (let n = 0; n < digits; n++)
    tell({ name: 'digit.received', leg: 'caller', digit: '1', method: 'info', durationMs: 100 });
  tell({ name: 'call.ended', cause: 'normal', endedBy: 'caller', durationMs: 5 });
  return seq;
}
const stored = async () => ({
  calls: await database.rows(CallRow).count(),
  events: await database.rows(CallEventRow).count(),
});

describe('the event log', () => {
  it('is in the database soon, in one order', async () => {
    const events = call('a');
    clock.advance(20);
    await log.flush();
    expect(await stored()).toEqual({ calls: 1, events });
    expect(await database.rows(CallRow).findOneBy({ id: 'a' })).toMatchObject({
      state: 'ended',
      cause: 'normal',
      durationMs: 5,
    });
  });

  it('loses nothing and doubles nothing while the database is away (G3)', async () => {
    let events = call('before');
    await log.flush();
    away = true;
    for (let n = 0; n < 50; n++) {
      events += call(`during ${n}`);
      await log.flush();
    }
    expect(log.away).toBe(true);
    expect(await stored()).toMatchObject({ calls: 1 });
    away = false;
    events += call('after');
    await log.flush();
    expect(log.away).toBe(false);
    expect(await stored()).toEqual({ calls: 52, events });
    expect(existsSync(join(dataDir, 'spool', 'calls-i.jsonl'))).toBe(false);
  });

  it('takes up by itself when the database is back', async () => {
    away = true;
    call('a');
    await log.flush();
    away = false;
    clock.advance(1000);
    await log.flush();
    expect(await stored()).toMatchObject({ calls: 1 });
  });

  it('is complete after a crash while the database was away', async () => {
    away = true;
    const events = call('a');
    await log.flush();
    away = false;
    // The crash cut the last line off, and a replay had begun and was not finished.
    const spool = join(dataDir, 'spool', 'calls-i.jsonl');
    writeFileSync(`${spool}.replaying`, readFileSync(spool));
    writeFileSync(spool, `${readFileSync(spool, 'utf8')}{"event":{"callId":"b`);
    const next = newLog();
    await next.recover();
    expect(await stored()).toEqual({ calls: 1, events });
    await next.onApplicationShutdown();
  });

  it('takes whatever a variable may hold, and keeps it as it is', async () => {
    const event: CallEvent = {
      name: 'variables.changed',
      callId: 'a',
      scenarioId: 's',
      version: 1,
      seq: 9,
      at,
      changes: { text: 'it\'s \0 \ud83d \u2028 "quoted" {}', none: null, many: [1, { '': '\\' }] },
    };
    call('a');
    log.append({ event, record: recordWith(openRecord(opening('a')), event) });
    await log.flush();
    expect(log.away).toBe(false);
    expect((await database.rows(CallEventRow).findOneBy({ callId: 'a', seq: 9 }))?.event).toEqual(event);
    expect((await database.rows(CallRow).findOneBy({ id: 'a' }))?.variables).toEqual(event.changes);
  });

  it('keeps what is written twice once', async () => {
    const events = call('a');
    await log.flush();
    call('a');
    await log.flush();
    expect(await stored()).toEqual({ calls: 1, events });
  });
});
