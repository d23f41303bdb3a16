import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;
let scenarioId: string;
let staging: string;

const wire = (is: string, target: string) => ({ guard: { type: 'outcome', params: { is } }, target, reenter: true });
const desk = (text: string) => ({
  id: 'desk',
  meta: { format: 1, name: 'Desk' },
  initial: 'answer',
  states: {
    answer: { invoke: { src: 'answer', input: {}, onDone: [wire('answered', 'hours')] } },
    hours: { invoke: { src: 'business-hours', input: { schedule: 'office' }, onDone: [wire('open', 'say')] } },
    say: { invoke: { src: 'log', input: { message: text }, onDone: [] } },
  },
});
const always = {
  timeZone: 'UTC',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
  ),
};
const never = { timeZone: 'UTC', weekly: {} };

const path = async (to: string): Promise<{ version: number; path: string[] }> => {
  const placed = await server.telephony.place({ to, from: '+37060000001' });
  if (placed.verdict !== 'run') throw new Error(`not answered: ${JSON.stringify(placed)}`);
  return until(async () => {
    const { body } = await admin.get(`/api/calls/${placed.call.id}`);
    return body.state === 'ended' && body;
  });
};

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  await admin.post('/api/schedules', { name: 'office', schedule: never });
  const made = await admin.post('/api/scenarios', { name: 'Desk', document: desk('one') });
  scenarioId = made.body.id;
  expect((await admin.post(`/api/scenarios/${scenarioId}/versions`)).status).toBe(201);
});
afterAll(() => server.stop());

describe('environments', () => {
  it('begin with production, in which every name is itself and the newest version answers', async () => {
    const { body } = await admin.get('/api/environments');
    expect(body.items).toEqual([expect.objectContaining({ name: 'production', releases: 'automatic', bindings: {} })]);
    const number = await admin.post('/api/numbers', { pattern: '1000', scenarioId });
    expect(number.body).toMatchObject({ environment: 'production', version: 'latest' });
    expect(await path('1000')).toMatchObject({ version: 1, path: ['answer', 'hours'] });
  });

  it('say what a version names that is not there, and refuse to promote it', async () => {
    staging = (
      await admin.post('/api/environments', { name: 'staging', bindings: { schedule: { office: 'office-test' } } })
    ).body.id;
    const ready = await admin.get(`/api/environments/${staging}/readiness?scenarioId=${scenarioId}&version=1`);
    expect(ready.body).toEqual({
      ready: false,
      names: [
        {
          kind: 'schedule',
          name: 'office',
          standsFor: 'office-test',
          bound: true,
          missing: true,
          reason: 'not-there',
          nodes: ['hours'],
        },
      ],
    });
    const refused = await admin.post(`/api/environments/${staging}/promotions`, { scenarioId, version: 1 });
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({
      code: 'environment.missing-bindings',
      details: { names: [{ name: 'office', standsFor: 'office-test' }] },
    });
  });

  it('run what was promoted, with names as they are bound there; production is as it was', async () => {
    await admin.post('/api/numbers', { pattern: '2000', scenarioId, environment: 'staging' });
    expect(await server.telephony.place({ to: '2000' })).toMatchObject({ verdict: 'refused', cause: 'unreachable' });
    await admin.post('/api/schedules', { name: 'office-test', schedule: always });
    const promoted = await admin.post(`/api/environments/${staging}/promotions`, {
      scenarioId,
      version: 1,
      comment: 'first',
    });
    expect(promoted.body).toMatchObject({ version: 1, comment: 'first', promotedBy: 'admin@example.org' });
    expect(await path('2000')).toMatchObject({ version: 1, path: ['answer', 'hours', 'say'] });
    expect(await path('1000')).toMatchObject({ path: ['answer', 'hours'] });
    const etag = (await admin.get(`/api/scenarios/${scenarioId}`)).headers.get('etag') ?? '';
    const saved = await admin.with({ 'if-match': etag }).put(`/api/scenarios/${scenarioId}`, { document: desk('two') });
    expect(saved.status).toBe(200);
    expect((await admin.post(`/api/scenarios/${scenarioId}/versions`)).body.version).toBe(2);
    expect(await path('1000')).toMatchObject({ version: 2 });
    expect(await path('2000')).toMatchObject({ version: 1 });
    await admin.post(`/api/environments/${staging}/promotions`, { scenarioId, version: 2 });
    expect(await path('2000')).toMatchObject({ version: 2 });
    const { items } = (await admin.get(`/api/environments/${staging}/promotions`)).body;
    expect(items.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
  });

  it('lead a destination to what it is bound to', async () => {
    await admin.post('/api/phones', { username: 'tester', password: 'tester-secret' });
    await admin.patch(`/api/environments/${staging}`, { bindings: { phone: { boss: 'tester' } } });
    const placed = await admin.post('/api/calls', { to: 'phone:boss', scenarioId, version: 2, environment: 'staging' });
    expect(placed.status).toBe(202);
    expect((await admin.post('/api/calls', { to: 'phone:boss', scenarioId, version: 2 })).status).not.toBe(202);
    expect((await admin.post('/api/calls', { to: 'phone:boss', scenarioId, environment: 'nowhere' })).status).toBe(400);
  });

  it('stay while a number is in them, and production always', async () => {
    const refused = await admin.delete(`/api/environments/${staging}`);
    expect(refused.body.error).toMatchObject({ code: 'environment.in-use', details: { users: [{ name: '2000' }] } });
    const { items } = (await admin.get('/api/numbers')).body;
    const number = items.find(({ pattern }: { pattern: string }) => pattern === '2000').id;
    expect((await admin.patch(`/api/numbers/${number}`, { environment: 'nowhere' })).status).toBe(400);
    await admin.patch(`/api/numbers/${number}`, { environment: 'production' });
    expect((await admin.delete(`/api/environments/${staging}`)).status).toBe(204);
    const production = (await admin.get('/api/environments')).body.items[0].id;
    expect((await admin.delete(`/api/environments/${production}`)).status).toBe(409);
  });
});
