import { readFileSync } from 'node:fs';
import type { FakeCall } from '@callwright/channel-contract/fake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeTelephony } from '../testing/fake-telephony.js';
import { deploy } from '../testing/deploy.js';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;
let scenarioId: string;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  ({ scenarioId } = await deploy(admin, '1000'));
});
afterAll(() => server.stop());

const ring = async (to = '1000'): Promise<FakeCall> => {
  const placed = await server.telephony.place({ to, from: '+37060000001' });
  if (placed.verdict !== 'run') throw new Error(`not answered: ${JSON.stringify(placed)}`);
  return placed.call;
};
const ended = (id: string) =>
  until(async () => {
    const { body } = await admin.get(`/api/calls/${id}`);
    return body.state === 'ended' && body;
  });

describe('an incoming call', () => {
  it('runs the scenario of its number and leaves a record and a log', async () => {
    const call = await ring('10 00');
    const live = await until(async () =>
      (await admin.get('/api/calls/live')).body.items.find((item: { id: string }) => item.id === call.id),
    );
    expect(live).toMatchObject({ scenarioId, version: 1, direction: 'inbound', from: '+37060000001', endedAt: null });
    expect(live).not.toHaveProperty('path');
    await until(async () => (await admin.get(`/api/calls/${call.id}`)).body.state === 'answered');
    call.caller.farEnd.hangUp();
    const record = await ended(call.id);
    expect(record).toMatchObject({
      cause: 'normal',
      path: expect.arrayContaining(['answer']),
      legs: [{ name: 'caller', state: 'ended' }],
      variables: { tries: 0 },
    });
    expect(Date.parse(record.answeredAt)).toBeLessThanOrEqual(Date.parse(record.endedAt));
    const { items } = (await admin.get(`/api/calls/${call.id}/events`)).body;
    expect(items[0]).toMatchObject({
      name: 'call.started',
      callId: call.id,
      scenarioId,
      version: 1,
      seq: 1,
      direction: 'inbound',
    });
    expect(items.map((event: { seq: number }) => event.seq)).toEqual(
      items.map((_: unknown, index: number) => index + 1),
    );
    expect(items.at(-1).name).toBe('run.ended');
    expect((await admin.get('/api/calls/live')).body.items).toEqual([]);
  });

  it('shows its log page after page', async () => {
    const call = await ring();
    call.caller.farEnd.hangUp();
    await ended(call.id);
    const all = (await admin.get(`/api/calls/${call.id}/events`)).body.items;
    const first = (await admin.get(`/api/calls/${call.id}/events?limit=2`)).body;
    const rest = (await admin.get(`/api/calls/${call.id}/events?cursor=${first.next}`)).body;
    expect([...first.items, ...rest.items]).toEqual(all);
    expect(rest.next).toBeNull();
  });

  it('shows what it said in SIP while it runs and when it is over, each message once', async () => {
    const call = await ring();
    const message = (at: number, start: string) => ({
      at,
      direction: 'in' as const,
      leg: 'caller',
      dialog: 'd',
      transport: 'udp' as const,
      remote: '192.0.2.1:5060',
      text: start,
    });
    const shown = async () => {
      const { body } = await admin.get(`/api/calls/${call.id}/signalling`);
      return body.items.map(({ at, text }: { at: string; text: string }) => `${at} ${text}`);
    };
    server.telephony.signalling.set(call.id, [message(1000, 'INVITE')]);
    expect(await shown()).toEqual(['1970-01-01T00:00:01.000Z INVITE']);
    call.caller.farEnd.hangUp();
    await ended(call.id);
    server.telephony.tellSignalling(call.id, [message(1000, 'INVITE')]);
    expect(await shown()).toEqual(['1970-01-01T00:00:01.000Z INVITE']);
    server.telephony.tellSignalling(call.id, [message(2000, 'BYE')]);
    expect(await shown()).toEqual(['1970-01-01T00:00:01.000Z INVITE', '1970-01-01T00:00:02.000Z BYE']);
    expect((await admin.get('/api/calls/nobody/signalling')).status).toBe(404);
  });

  it('is refused where nobody is, and where nothing is published', async () => {
    expect(await server.telephony.place({ to: '4711' })).toMatchObject({ verdict: 'refused', cause: 'not-found' });
    expect(await server.telephony.place({ to: 'support' })).toMatchObject({ verdict: 'refused', cause: 'not-found' });
  });

  it('from a registered phone reaches another phone of its workspace, and only such a call does', async () => {
    await admin.post('/api/phones', { username: 'alice', password: 'x' });
    await admin.post('/api/phones', { username: 'bob', password: 'x' });
    expect(await server.telephony.place({ to: 'bob', phone: 'alice' })).toEqual({ verdict: 'phone', username: 'bob' });
    expect(await server.telephony.place({ to: 'bob' })).toMatchObject({ verdict: 'refused', cause: 'not-found' });
    expect(await server.telephony.place({ to: 'nobody', phone: 'alice' })).toMatchObject({
      verdict: 'refused',
      cause: 'not-found',
    });
  });
});

describe('calls', () => {
  it('are found by what is known of them', async () => {
    const call = await ring();
    call.caller.farEnd.hangUp();
    const { startedAt } = await ended(call.id);
    const found = async (query: string) =>
      (await admin.get(`/api/calls?${query}`)).body.items.map((item: { id: string }) => item.id);
    for (const query of [
      'state=ended',
      'to=1000',
      `from=${encodeURIComponent('+37060000001')}`,
      `scenarioId=${scenarioId}`,
      'number=1000',
      `since=${startedAt}`,
    ]) {
      expect(await found(query), query).toContain(call.id);
    }
    for (const query of ['state=ringing', 'to=2', 'from=2', 'scenarioId=none', 'number=2', `until=${startedAt}`])
      expect(await found(query), query).not.toContain(call.id);
    expect((await admin.get('/api/calls?state=flying')).status).toBe(400);
    expect((await admin.get('/api/calls?since=yesterday')).status).toBe(400);
  });

  it('take commands while they run', async () => {
    const call = await ring();
    const command = (body: object) => admin.post(`/api/calls/${call.id}/commands`, body);
    expect((await command({ type: 'dance' })).status).toBe(400);
    expect((await command({ type: 'send-digits', digits: 'xyz' })).status).toBe(400);
    const accepted = await command({ type: 'hang-up' });
    expect([accepted.status, accepted.body]).toEqual([202, { accepted: true }]);
    await ended(call.id);
    const late = await command({ type: 'hang-up' });
    expect([late.status, late.body.error.code]).toEqual([409, 'call.wrong-state']);
    expect((await admin.post('/api/calls/none/commands', { type: 'hang-up' })).status).toBe(404);
  });

  it('keep the version that they began with (G5)', async () => {
    const before = await ring();
    await admin.post(`/api/scenarios/${scenarioId}/versions`);
    const after = await ring();
    expect((await admin.get(`/api/calls/${before.id}`)).body.version).toBe(1);
    expect((await admin.get(`/api/calls/${after.id}`)).body.version).toBe(2);
    for (const call of [before, after]) call.caller.farEnd.hangUp();
    expect((await ended(before.id)).version).toBe(1);
    await ended(after.id);
  });
});

describe('an outbound call', () => {
  const place = (body: object) => admin.post('/api/calls', { scenarioId, ...body });

  it('goes nowhere on a fresh install, but to phones (E1)', async () => {
    for (const to of ['+37052123456', '00370 5 2123456', 'sip:anybody@example.org', 'tel:+37052123456']) {
      const reply = await place({ to });
      expect([to, reply.status, reply.body.error.code]).toEqual([to, 403, 'outbound.not-allowed']);
    }
    expect((await place({ to: 'sip:' })).status).toBe(400);
    await admin.post('/api/phones', { username: 'carol', password: 'x' });
    const made = await place({ to: 'phone:carol', parameters: { name: 'Carol' } });
    expect([made.status, Object.keys(made.body)]).toEqual([202, ['id']]);
    expect(await ended(made.body.id)).toMatchObject({ direction: 'outbound', to: 'phone:carol' });
    const { items } = (await admin.get(`/api/calls/${made.body.id}/events`)).body;
    expect(items[0]).toMatchObject({ name: 'call.started', parameters: { name: 'Carol' } });
  });

  it('needs a scenario of this workspace, published', async () => {
    expect((await place({ to: 'phone:alice', scenarioId: 'none' })).status).toBe(404);
    expect((await place({ to: 'phone:alice', version: 99 })).body.error.code).toBe('scenario.not-published');
  });

  it('counts against the limits of its workspace', async () => {
    const limited = await TestServer.start({}, { telephony: fakeTelephony({ onDial: () => ({ then: 'answers' }) }) });
    try {
      const visitor = await limited.admin();
      const { scenarioId } = await deploy(visitor, '1000');
      await visitor.put('/api/limits', {
        sipHosts: ['example.org'],
        callsPerSecond: 100,
        concurrentCalls: 1,
        minutesPerDay: 10,
      });
      const dial = () => visitor.post('/api/calls', { to: 'sip:x@example.org', scenarioId });
      expect((await dial()).status).toBe(202);
      const refused = await dial();
      expect([refused.status, refused.body.error.code]).toEqual([429, 'outbound.limit']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await limited.stop();
    }
  });
});

describe('metrics and readiness (O2, F2)', () => {
  it('tell of calls and never of digits or callers', async () => {
    const text = (await server.visitor().get('/metrics')).text;
    expect(text).toMatch(/callwright_calls_offered_total\{verdict="run"\} [1-9]/);
    expect(text).toMatch(/callwright_calls_ended_total\{cause="normal"\} [1-9]/);
    expect(text).not.toContain('37060000001');
  });

  it('refuse calls above the limit, and say so', async () => {
    const small = await TestServer.start({ MAX_CALLS: '1' });
    try {
      const visitor = await small.admin();
      await deploy(visitor, '1000');
      expect((await small.visitor().get('/health/ready')).status).toBe(200);
      expect((await small.telephony.place({ to: '1000' })).verdict).toBe('run');
      expect(await small.telephony.place({ to: '1000' })).toMatchObject({
        verdict: 'refused',
        cause: 'rejected',
        retryAfterS: expect.any(Number),
      });
      const ready = await small.visitor().get('/health/ready');
      expect([ready.status, ready.body.status]).toEqual([503, 'not-ready']);
      expect((await small.visitor().get('/health/live')).status).toBe(200);
    } finally {
      await small.stop();
    }
  });
});

describe('after a crash (G1)', () => {
  it('calls that were under way are closed as interrupted', async () => {
    const first = await TestServer.start();
    const visitor = await first.admin();
    await deploy(visitor, '1000');
    const placed = await first.telephony.place({ to: '1000' });
    if (placed.verdict !== 'run') throw new Error('not answered');
    await until(async () => (await visitor.get('/api/calls')).body.items.length === 1);
    // What a killed process leaves: the database and the data folder as they are, and nothing closed.
    const second = await TestServer.start(first.remains());
    try {
      const admin = await second.admin();
      const record = (await admin.get(`/api/calls/${placed.call.id}`)).body;
      expect(record).toMatchObject({ state: 'ended', cause: 'interrupted', node: null });
      const names = (await admin.get(`/api/calls/${placed.call.id}/events`)).body.items.map(
        (event: { name: string }) => event.name,
      );
      expect(names.slice(-2)).toEqual(['call.ended', 'run.ended']);
      expect(readFileSync(`${first.dataDir}/instance.id`, 'utf8')).toBeTruthy();
    } finally {
      await second.server.close();
      await first.stop();
    }
  });
});
