import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../testing/test-server.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;
let schedule: string;

const found = async (query: Record<string, string>): Promise<string[]> => {
  const { status, body } = await admin.get(`/api/audit?${new URLSearchParams(query)}`);
  expect(status).toBe(200);
  return body.items.map(({ action }: { action: string }) => action);
};

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  const hours = { timeZone: 'Europe/Vilnius', weekly: { mon: [['09:00', '18:00']] } };
  const made = await admin.post('/api/schedules', { name: 'office', schedule: hours });
  expect(made.status).toBe(201);
  schedule = made.body.id;
  await admin.patch(`/api/schedules/${schedule}`, { name: 'shop' });
  await admin.post('/api/secrets', { name: 'crm', value: 'do-not-show' });
});
afterAll(() => server.stop());

describe('the audit', () => {
  it('is searched by who, by what was done, to what, and when', async () => {
    expect(await found({ action: 'schedule' })).toEqual(['schedule.updated', 'schedule.created']);
    expect(await found({ action: 'schedule.created' })).toEqual(['schedule.created']);
    expect(await found({ target: schedule, actor: 'ADMIN@' })).toHaveLength(2);
    expect(await found({ actor: 'nobody' })).toEqual([]);
    expect(await found({ actor: '%' })).toEqual([]);
    expect(await found({ action: 'schedule', since: '2999-01-01T00:00:00Z' })).toEqual([]);
    expect(await found({ action: 'schedule', until: '2999-01-01T00:00:00+02:00' })).toHaveLength(2);
    expect((await admin.get('/api/audit?since=yesterday')).status).toBe(400);
  });

  it('says what changed and never a secret', async () => {
    const { body } = await admin.get('/api/audit?action=schedule.updated');
    expect(body.items[0]).toMatchObject({ before: { name: 'office' }, after: { name: 'shop' }, target: schedule });
    expect((await admin.get('/api/audit?action=secret')).text).not.toContain('do-not-show');
  });
});
