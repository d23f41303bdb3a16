import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../platform/database/database.js';
import { TestServer } from '../testing/test-server.js';
import type { Visitor } from '../testing/visitor.js';
import { PhonesService } from './phones.service.js';

let server: TestServer;
let admin: Visitor;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
});
afterAll(() => server.stop());

describe('phones', () => {
  it('keep digest secrets and never show a password', async () => {
    const made = await admin.post('/api/phones', { username: 'alice', password: 'wonderland', displayName: 'Alice' });
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({ username: 'alice', displayName: 'Alice', realm: 'callwright', registered: [] }),
    ]);
    expect(made.text).not.toMatch(/wonderland|ha1/i);
    const account = server.server.app.get(PhonesService).account('alice');
    // RFC 7616 3.4.2, worked out with md5sum and sha256sum of "alice:callwright:wonderland"
    expect(account?.ha1.md5).toBe('336bad2146c5f0907fc4ab98a26a6975');
    expect(account?.ha1.sha256).toBe('fb462c63a0db9f6fb86c0eba1c400ed96a5748d767561a848de954f239495bbf');
    expect((await admin.post('/api/phones', { username: 'alice', password: 'other' })).body.error.code).toBe(
      'phone.taken',
    );
    expect((await admin.patch(`/api/phones/${made.body.id}`, { password: 'new' })).status).toBe(200);
    expect(server.server.app.get(PhonesService).account('alice')?.ha1.md5).not.toBe(account?.ha1.md5);
    await admin.delete(`/api/phones/${made.body.id}`);
    expect(server.server.app.get(PhonesService).account('alice')).toBeNull();
  });
});

describe('a link from which a phone sets itself up', () => {
  const link = async (displayName: string) => {
    const { body } = await admin.post('/api/phones', {
      username: `p${displayName.length}`,
      password: 'secret',
      displayName,
    });
    const made = await admin.post(`/api/phones/${body.id}/provisioning`, { server: 'pbx.example:5070' });
    expect(made.status).toBe(201);
    return { phone: body.id as string, ...(made.body as { path: string; expiresAt: string }) };
  };

  it('gives the settings to whoever has it, without the password', async () => {
    const { path, expiresAt } = await link('A & "B"');
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(600_000);
    const { status, headers, text } = await server.visitor().get(path);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(text).toContain(
      '<entry name="reg_proxy" overwrite="true">&lt;sip:pbx.example:5070;transport=udp&gt;</entry>',
    );
    expect(text).toContain('&quot;A &amp; B&quot; &lt;sip:p7@pbx.example&gt;');
    const account = server.server.app.get(PhonesService).account('p7')!;
    expect(text).toContain(`<entry name="ha1" overwrite="true">${account.ha1.md5}</entry>`);
    expect(text).not.toContain('secret');
  });

  it('is over when the phone is removed, and nothing else is a link', async () => {
    const { path, phone } = await link('');
    await admin.delete(`/api/phones/${phone}`);
    for (const gone of [path, '/api/provisioning/x', `${path}A`, path.slice(0, -3)]) {
      expect((await server.visitor().get(gone)).body.error.code, gone).toBe('phone.link-over');
    }
  });

  it('leads to a host and to nothing else', async () => {
    const { phone } = await link('cc');
    for (const bad of ['', 'a b', 'x;transport=tcp', '<sip:x>', 'host:port']) {
      expect((await admin.post(`/api/phones/${phone}/provisioning`, { server: bad })).status, bad).toBe(400);
    }
  });
});

describe('trunks', () => {
  it('have the defaults of the contract and a state', async () => {
    const made = await admin.post('/api/trunks', {
      name: 'carrier',
      host: 'sip.example.org',
      username: 'me',
      password: 'carrier-pass',
    });
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({
        port: 5060,
        transport: 'udp',
        register: false,
        sources: [],
        prefixes: ['+'],
        maxCalls: null,
        state: 'static',
      }),
    ]);
    expect(made.text).not.toContain('carrier-pass');
    expect((await admin.patch(`/api/trunks/${made.body.id}`, { register: true })).body.state).toBe('unregistered');
    expect((await admin.post('/api/trunks', { name: 'carrier', host: 'x' })).body.error.code).toBe('trunk.taken');
    expect((await admin.post('/api/trunks', { name: 'bad', host: 'x', sources: ['10.0.0.0/99'] })).status).toBe(400);
  });
});

describe('secrets', () => {
  it('are not shown, and lie sealed in the database under a key outside it', async () => {
    const made = await admin.post('/api/secrets', { name: 'crm', value: 'top-secret-value' });
    expect([made.status, Object.keys(made.body).sort()]).toEqual([201, ['createdAt', 'id', 'name', 'updatedAt']]);
    const rows = await server.server.app.get(Database).source.query('SELECT * FROM secrets');
    expect(JSON.stringify(rows)).not.toContain('top-secret-value');
    const audit = await admin.get('/api/audit');
    expect(audit.body.items.map((item: { action: string }) => item.action)).toContain('secret.created');
    expect(audit.text).not.toMatch(/top-secret-value|wonderland|carrier-pass|sealed/);
    expect(readFileSync(join(server.dataDir, 'secret.key'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('schedules', () => {
  const schedule = {
    timeZone: 'Europe/Vilnius',
    weekly: { mon: [['09:00', '18:00']] },
    holidays: [{ date: '2026-12-25', name: 'Christmas', yearly: true }],
  };

  it('come back as they were given', async () => {
    const made = await admin.post('/api/schedules', { name: 'office', schedule });
    expect([made.status, made.body.schedule]).toEqual([201, schedule]);
    expect((await admin.patch(`/api/schedules/${made.body.id}`, { name: 'desk' })).body).toMatchObject({
      name: 'desk',
      schedule,
    });
  });

  it.each([
    ['an unknown time zone', { ...schedule, timeZone: 'Mars/Olympus' }],
    ['an hour that is none', { ...schedule, weekly: { mon: [['9', '18:00']] } }],
    ['a date that is none', { ...schedule, holidays: [{ date: '2026-02-30' }] }],
  ])('are refused with %s', async (_, wrong) => {
    expect((await admin.post('/api/schedules', { name: 'wrong', schedule: wrong })).status).toBe(400);
  });
});

describe('limits', () => {
  it('let nothing out at first', async () => {
    expect((await admin.get('/api/limits')).body).toMatchObject({
      outboundPrefixes: [],
      deniedPrefixes: [],
      sipHosts: [],
    });
  });

  it('are replaced as a whole', async () => {
    const limits = {
      outboundPrefixes: ['+370 5'],
      deniedPrefixes: [],
      sipHosts: ['Example.org'],
      callsPerSecond: 2,
      concurrentCalls: 3,
      minutesPerDay: 4,
    };
    expect((await admin.put('/api/limits', limits)).status).toBe(200);
    expect((await admin.get('/api/limits')).body).toMatchObject({
      ...limits,
      outboundPrefixes: ['+3705'],
      sipHosts: ['example.org'],
    });
    expect((await admin.put('/api/limits', limits)).status).toBe(200);
    expect((await admin.put('/api/limits', { ...limits, callsPerSecond: -1 })).status).toBe(400);
  });
});
