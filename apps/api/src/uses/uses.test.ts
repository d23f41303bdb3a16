import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontDesk, wire } from '../testing/documents.js';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
});
afterAll(() => server.stop());

const naming = (id: string, secret: string) => ({
  ...frontDesk(id),
  on: {},
  states: {
    answer: { invoke: { src: 'answer', input: {}, onDone: [wire('answered', 'ask')] } },
    ask: {
      invoke: { src: 'http-request', input: { url: 'https://example.org', secret }, onDone: [wire('ok', 'hours')] },
    },
    hours: { invoke: { src: 'business-hours', input: { schedule: 'office' }, onDone: [wire('open', 'out')] } },
    out: { invoke: { src: 'transfer', input: { to: 'trunk:carrier/+37052123456' } } },
  },
});
const made = async (path: string, body: object) => (await admin.post(path, body)).body.id as string;
const users = async (kind: string, name: string) =>
  (await admin.get(`/api/uses?kind=${kind}&name=${name}`)).body.items[0]?.users ?? [];

describe('what others need', () => {
  it('is told with who needs it, and is not removed by mistake', async () => {
    const secret = await made('/api/secrets', { name: 'crm', value: 'x' });
    const schedule = await made('/api/schedules', { name: 'office', schedule: { timeZone: 'UTC', weekly: {} } });
    const trunk = await made('/api/trunks', { name: 'carrier', host: '127.0.0.1' });
    const scenario = await made('/api/scenarios', { name: 'Needs much', document: naming('needs-much', 'crm') });
    expect(await users('secret', 'crm')).toEqual([
      { kind: 'scenario', id: scenario, name: 'Needs much', draft: true, versions: [], nodes: ['ask'] },
    ]);
    expect(await users('trunk', 'carrier')).toMatchObject([{ nodes: ['out'] }]);
    for (const [path, code] of [
      [`/api/secrets/${secret}`, 'secret.in-use'],
      [`/api/schedules/${schedule}`, 'schedule.in-use'],
      [`/api/trunks/${trunk}`, 'trunk.in-use'],
    ] as const) {
      const refused = await admin.delete(path);
      expect([refused.status, refused.body.error.code]).toEqual([409, code]);
      expect(refused.body.error.message).toContain('Needs much');
      expect(refused.body.error.details.users).toMatchObject([{ kind: 'scenario', id: scenario }]);
    }
    expect((await admin.delete(`/api/trunks/${trunk}?force=true`)).status).toBe(204);
  });

  it('is needed by versions that answer calls, and no longer by old ones', async () => {
    const secret = await made('/api/secrets', { name: 'old', value: 'x' });
    await made('/api/secrets', { name: 'new', value: 'x' });
    const id = await made('/api/scenarios', { name: 'Changed', document: naming('changed', 'old') });
    await admin.post(`/api/scenarios/${id}/versions`);
    const number = await made('/api/numbers', { pattern: '2000', scenarioId: id, version: 1 });
    await admin.with({ 'if-match': '"1"' }).put(`/api/scenarios/${id}`, { document: naming('changed', 'new') });
    await admin.post(`/api/scenarios/${id}/versions`);
    expect(await users('secret', 'old')).toMatchObject([{ draft: false, versions: [1] }]);
    expect(await users('secret', 'new')).toMatchObject([{ draft: true, versions: [2] }]);
    expect(await users('scenario', 'changed')).toEqual([{ kind: 'number', id: number, name: '2000' }]);
    await admin.patch(`/api/numbers/${number}`, { version: 'latest' });
    expect(await users('secret', 'old')).toEqual([]);
    expect((await admin.delete(`/api/secrets/${secret}`)).status).toBe(204);
  });
});

describe('a test number', () => {
  it('runs what is being drawn, as it was last saved, before anything is published', async () => {
    const id = await made('/api/scenarios', { name: 'Tried', document: frontDesk('tried') });
    expect((await admin.post('/api/numbers', { pattern: '3000', scenarioId: id })).status).toBe(409);
    const number = await admin.post('/api/numbers', { pattern: '3000', scenarioId: id, version: 'draft' });
    expect([number.status, number.body.version]).toEqual([201, 'draft']);

    const play = { invoke: { src: 'play', input: { prompt: [{ tone: 'beep' }] } } };
    const document = { ...frontDesk('tried'), initial: 'drawn', states: { ...frontDesk().states, drawn: play } };
    await admin.with({ 'if-match': '"1"' }).put(`/api/scenarios/${id}`, { document });
    const placed = await server.telephony.place({ to: '3000', from: '+37060000001' });
    if (placed.verdict !== 'run') throw new Error(JSON.stringify(placed));
    await until(async () => (await admin.get(`/api/calls/${placed.call.id}`)).body.path?.includes('drawn'));
    expect((await admin.get(`/api/calls/${placed.call.id}`)).body).toMatchObject({ version: 0 });
    placed.call.caller.farEnd.hangUp();
  });

  it('does not answer while the draft has errors', async () => {
    const document = { ...frontDesk('broken'), initial: 'nowhere' };
    const id = await made('/api/scenarios', { name: 'Broken', document });
    await admin.post('/api/numbers', { pattern: '3001', scenarioId: id, version: 'draft' });
    expect(await server.telephony.place({ to: '3001' })).toMatchObject({ verdict: 'refused' });
  });
});
