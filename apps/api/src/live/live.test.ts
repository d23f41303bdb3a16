import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '../testing/deploy.js';
import { Listener } from '../testing/listener.js';
import { ADMIN, TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;
let scenarioId: string;
const listeners: Listener[] = [];

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  ({ scenarioId } = await deploy(admin, '1000'));
  await deploy(admin, '2000');
});
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});
afterAll(() => server.stop());

const listen = async (auth: object = { token: admin.token }, headers: Record<string, string> = {}) => {
  const listener = await Listener.connect(server.url, auth, headers);
  listeners.push(listener);
  return listener;
};
const call = async (to = '1000') => {
  const placed = await server.telephony.place({ to });
  if (placed.verdict !== 'run') throw new Error('not answered');
  return placed.call;
};
const refusalOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'let in',
    (error: Error) => error.message,
  );

describe('live events', () => {
  it('are those of the log, in their order, from the subscription on', async () => {
    const listener = await listen();
    expect(await listener.ask('subscribe', { calls: 'all' })).toEqual({ ok: true, calls: [] });
    const one = await call();
    one.caller.farEnd.hangUp();
    await until(() => listener.names(one.id).includes('run.ended'));
    const log = (await admin.get(`/api/calls/${one.id}/events`)).body.items;
    expect(listener.heard.filter((event) => event.callId === one.id)).toEqual(log);
  });

  it('come once, however many subscriptions fit', async () => {
    const listener = await listen();
    const one = await call();
    await listener.ask('subscribe', { calls: 'all' });
    await listener.ask('subscribe', { calls: { scenario: scenarioId } });
    const { calls } = await listener.ask('subscribe', { calls: { call: one.id } });
    expect(calls).toEqual([expect.objectContaining({ id: one.id, scenarioId, direction: 'inbound' })]);
    expect(calls[0]).not.toHaveProperty('path');
    one.caller.farEnd.hangUp();
    await until(() => listener.names(one.id).includes('run.ended'));
    expect(listener.names(one.id).filter((name) => name === 'call.ended')).toHaveLength(1);
  });

  it('are of the scenario that was asked for, until it is left', async () => {
    const listener = await listen();
    await listener.ask('subscribe', { calls: { scenario: scenarioId } });
    const [mine, other] = [await call('1000'), await call('2000')];
    await until(() => listener.names(mine.id).length > 0);
    // Its answer comes behind whatever was told before.
    await listener.ask('subscribe', { calls: { scenario: scenarioId } });
    expect(listener.names(other.id)).toEqual([]);
    expect(await listener.ask('unsubscribe', { calls: { scenario: scenarioId } })).toEqual({ ok: true });
    const before = listener.heard.length;
    for (const one of [mine, other]) one.caller.farEnd.hangUp();
    await until(async () => (await admin.get('/api/calls/live')).body.items.length === 0);
    await listener.ask('unsubscribe', { calls: { scenario: scenarioId } });
    expect(listener.heard.length).toBe(before);
  });

  it.each([
    [undefined],
    [null],
    [{}],
    [{ calls: 'some' }],
    [{ calls: {} }],
    [{ calls: { call: 5 } }],
    [{ calls: { call: 'x', scenario: 'y' } }],
    ['all'],
    [[1]],
  ])('need a subscription that can be read: %j', async (wanted) => {
    const reply = await (await listen()).ask('subscribe', wanted);
    expect(reply.error.code).toBe('input.invalid');
  });

  it('of what does not exist are refused', async () => {
    const listener = await listen();
    expect((await listener.ask('subscribe', { calls: { call: 'none' } })).error.code).toBe('input.not-found');
    expect((await listener.ask('subscribe', { calls: { scenario: 'none' } })).error.code).toBe('input.not-found');
  });
});

describe('the live door (S4)', () => {
  it('opens for nobody without a login', async () => {
    for (const auth of [{}, { token: '' }, { token: 'cws_guess' }, { token: 5 }, { token: ['x'] }]) {
      expect(await refusalOf(listen(auth)), JSON.stringify(auth)).toBe('auth.required');
    }
  });

  it('opens for the cookie of a page of ours, and of no other site', async () => {
    const login = await server.visitor().post('/api/auth/login', ADMIN);
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await refusalOf(listen({}, { cookie, origin: server.url }))).toBe('let in');
    expect(await refusalOf(listen({}, { cookie, origin: 'http://evil.example' }))).toBe('auth.required');
    expect(await refusalOf(listen({}, { cookie }))).toBe('auth.required');
  });

  it('closes at once behind those who log out, are disabled, or lose their token', async () => {
    const out = await server.admin();
    const leaving = await listen({ token: out.token });
    await out.post('/api/auth/logout');
    await leaving.gone();

    const user = await admin.post('/api/users', {
      email: 'listener@example.org',
      role: 'viewer',
      password: 'long enough',
    });
    const disabled = await listen({ token: (await server.login('listener@example.org', 'long enough')).token });
    await admin.patch(`/api/users/${user.body.id}`, { disabled: true });
    await disabled.gone();

    const token = await admin.post('/api/tokens', { name: 'listener', role: 'viewer' });
    const program = await listen({ token: token.body.token });
    await admin.delete(`/api/tokens/${token.body.id}`);
    await program.gone();
  });

  it('closes behind a token that expires', async () => {
    const expiresAt = new Date(Date.now() + 6_000).toISOString();
    const token = await admin.post('/api/tokens', { name: 'short', role: 'viewer', expiresAt });
    await (await listen({ token: token.body.token })).gone();
  });

  it('lets nothing of another workspace through (S3)', async () => {
    await admin.post('/api/workspaces', {
      name: 'Other',
      admin: { email: 'other@example.org', password: 'long enough' },
    });
    const other = await server.login('other@example.org', 'long enough');
    const listener = await listen({ token: other.token });
    expect(await listener.ask('subscribe', { calls: 'all' })).toEqual({ ok: true, calls: [] });
    expect((await listener.ask('subscribe', { calls: { scenario: scenarioId } })).error.code).toBe('input.not-found');
    const one = await call();
    expect((await listener.ask('subscribe', { calls: { call: one.id } })).error.code).toBe('input.not-found');
    one.caller.farEnd.hangUp();
    await until(async () => (await admin.get('/api/calls/live')).body.items.length === 0);
    await listener.ask('unsubscribe', { calls: 'all' });
    expect(listener.heard).toEqual([]);
  });

  it('needs a token that may read calls', async () => {
    const token = await admin.post('/api/tokens', { name: 'media only', role: 'admin', scopes: ['media'] });
    expect(await refusalOf(listen({ token: token.body.token }))).toBe('auth.forbidden');
  });
});

describe('hostile frames (S9)', () => {
  /** Speaks engine.io over HTTP by hand. */
  const poll = (path: string, body?: string) =>
    fetch(
      `${server.url}/socket.io/?EIO=4&transport=polling${path}`,
      body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': 'text/plain' } },
    );

  it('never end the process, with or without a login', async () => {
    const frames = ['', '4', '40', '40/live', '40/live,', '40/live,{', '40/live,{"token":{"a":1}}', '42', '42[]', '42["subscribe"]', '42/live,["subscribe"]', '451-["x",{"_placeholder":true,"num":0}]',
      '45-["x"]', '4999-', '42/live,99999999999999999999["a"]', '42/live,["__proto__",{}]', '42/live,["disconnect"]', '43/live,1[{}]', '9', '6', '\u0000', '4\ud800', '2'.repeat(50_000), '40/live,' + '['.repeat(30_000)]; // prettier-ignore
    for (const token of [null, admin.token]) {
      for (const frame of frames) {
        const opened = await (await poll('')).text();
        const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
        if (token) await poll(`&sid=${sid}`, `40/live,${JSON.stringify({ token })}`);
        await poll(`&sid=${sid}`, frame);
      }
    }
    expect((await admin.get('/api/auth/me')).status).toBe(200);
    expect((await (await listen()).ask('subscribe', { calls: 'all' })).ok).toBe(true);
  });

  it('in binary, and events that nobody knows, are no harm either', async () => {
    const listener = await listen();
    for (const name of ['subscribe', 'unsubscribe', 'toString', '__proto__', 'call.started']) {
      listener.socket.emit(name, Buffer.alloc(1000, 0xff), { deep: [[[[]]]] }, 'no function');
    }
    expect((await listener.ask('subscribe', { calls: 'all' })).ok).toBe(true);
  });

  it('on a raw WebSocket are refused', async () => {
    const { hostname, port } = new URL(server.url);
    for (const garbage of [
      Buffer.from([0x81, 0xfe, 0xff, 0xff]),
      Buffer.alloc(2000, 0xff),
      Buffer.from([0x88, 0x01, 0x00]),
      Buffer.from([0xc1, 0x00]),
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(
            'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
          );
          setTimeout(() => socket.write(garbage), 30);
          setTimeout(() => socket.destroy(), 100);
        });
        socket.on('error', () => undefined).on('close', () => resolve());
      });
    }
    expect((await server.visitor().get('/health/live')).status).toBe(200);
  });
});

describe('a board of many calls', () => {
  it('is a picture first, and then differences, four a second at most', async () => {
    const listener = await listen();
    const before = await call();
    const { board } = await listener.ask('watch', { board: { scenario: scenarioId } });
    expect(board).toMatchObject({ calls: 1, rows: [{ id: before.id, scenarioId, direction: 'inbound' }] });
    const frames: { calls: number; gone: string[]; rows: { id: string }[]; outcomes: object[] }[] = [];
    listener.socket.on('board.changed', (frame: (typeof frames)[number]) => frames.push(frame));
    const began = Date.now();
    const later = await Promise.all([call(), call(), call('2000')]);
    await until(() => frames.at(-1)?.calls === 3);
    for (const one of [before, ...later]) one.caller.farEnd.hangUp();
    await until(() => frames.at(-1)?.calls === 0);
    expect(frames.flatMap(({ gone }) => gone).toSorted()).toEqual([before.id, later[0]!.id, later[1]!.id].toSorted());
    expect(frames.length).toBeLessThanOrEqual((Date.now() - began) / 250 + 2);
    expect(await listener.ask('unwatch', { board: { scenario: scenarioId } })).toEqual({ ok: true });
  });

  it('needs a wish that can be read, and a scenario of this workspace', async () => {
    const listener = await listen();
    expect((await listener.ask('watch', { board: 'some' })).error.code).toBe('input.invalid');
    expect((await listener.ask('watch', { board: { scenario: 'none' } })).error.code).toBe('input.not-found');
  });
});

describe('listening to a call', () => {
  const answered = async () => {
    const one = await call();
    await until(() => one.caller.hasAudio);
    return one;
  };

  it('brings the sound of a leg to an operator, into the audit, and ends with the leg', async () => {
    const one = await answered();
    const listener = await listen();
    const heard: Buffer[] = [];
    const over: string[] = [];
    listener.socket.on('audio.heard', (_call: string, _leg: string, samples: Buffer) => heard.push(samples));
    listener.socket.on('audio.ended', (id: string, leg: string) => over.push(`${id} ${leg}`));
    expect(await listener.ask('listen', { call: one.id })).toEqual({ ok: true });
    server.telephony.sound.publish({ callId: one.id, leg: 'caller', stereo: Int16Array.of(1, -2, 300, -400) });
    await until(() => heard.length > 0);
    expect([...new Int16Array(Uint8Array.from(heard[0]!).buffer)]).toEqual([1, -2, 300, -400]);
    const { items } = (await admin.get('/api/audit')).body;
    expect(items).toContainEqual(expect.objectContaining({ action: 'call.listened', target: one.id }));
    one.caller.farEnd.hangUp();
    await until(() => over.length > 0);
    expect(over).toEqual([`${one.id} caller`]);
  });

  it('stops when it is told to, and when the page goes', async () => {
    const one = await answered();
    const listener = await listen();
    const heard: unknown[] = [];
    listener.socket.on('audio.heard', (...given: unknown[]) => heard.push(given));
    await listener.ask('listen', { call: one.id });
    await listener.ask('stop-listening', { call: one.id });
    server.telephony.sound.publish({ callId: one.id, leg: 'caller', stereo: Int16Array.of(1, 2) });
    await listener.ask('listen', { call: one.id });
    listener.close();
    await until(() => server.telephony.sound.size === 0);
    expect(heard).toEqual([]);
    one.caller.farEnd.hangUp();
  });

  it('is not for viewers and editors, nor for what is not there', async () => {
    const one = await answered();
    await admin.post('/api/users', { email: 'quiet@example.org', role: 'editor', password: 'long enough' });
    const editor = await listen({ token: (await server.login('quiet@example.org', 'long enough')).token });
    expect((await editor.ask('listen', { call: one.id })).error.code).toBe('auth.forbidden');
    const listener = await listen();
    expect((await listener.ask('listen', { call: one.id, leg: 'nobody' })).error.code).toBe('call.gone');
    expect((await listener.ask('listen', { call: 'none' })).error.code).toBe('input.not-found');
    expect((await listener.ask('listen', {})).error.code).toBe('input.invalid');
    one.caller.farEnd.hangUp();
  });
});
