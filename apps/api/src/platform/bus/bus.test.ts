import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploy } from '../../testing/deploy.js';
import { Listener } from '../../testing/listener.js';
import { TestServer } from '../../testing/test-server.js';
import { until } from '../../testing/until.js';
import type { Visitor } from '../../testing/visitor.js';

let redis: ChildProcess;
let one: TestServer;
let two: TestServer;
let admin: Visitor;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  const port = await freePort();
  redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
  const shared = { REDIS_URL: `redis://127.0.0.1:${port}` };
  one = await TestServer.start({ ...shared, INSTANCE_ID: 'one' });
  two = await TestServer.start({ ...one.remains(), INSTANCE_ID: 'two' });
  admin = await one.admin();
});
afterAll(async () => {
  await two.server.close();
  await one.stop();
  redis.kill('SIGKILL');
});

describe('two processes on one database', () => {
  it('answer for the same numbers, phones and versions at once', async () => {
    const { scenarioId } = await deploy(admin, '1000');
    await until(async () => (await two.telephony.place({ to: '1000', callId: 'first' })).verdict === 'run');
    await admin.post(`/api/scenarios/${scenarioId}/versions`);
    const other = await two.admin();
    await until(async () => {
      const placed = await two.telephony.place({ to: '1000', callId: `later ${Math.random()}` });
      return (
        placed.verdict === 'run' &&
        (await other.get(`/api/calls/${encodeURIComponent(placed.call.id)}`)).body.version === 2
      );
    });
    await admin.post('/api/phones', { username: 'alice', password: 'x' });
    await until(async () => (await two.telephony.place({ to: 'alice', phone: 'alice' })).verdict === 'phone');
  });

  it('show each other’s calls live', async () => {
    const listener = await Listener.connect(two.url, { token: admin.token });
    await listener.ask('subscribe', { calls: 'all' });
    const placed = await one.telephony.place({ to: '1000', callId: 'live' });
    if (placed.verdict !== 'run') throw new Error('not answered');
    placed.call.caller.farEnd.hangUp();
    await until(() => listener.names('live').includes('run.ended'));
    listener.close();
  });

  it('close behind who logs out at the other one within 5 s (S4)', async () => {
    const leaver = await one.admin();
    const listener = await Listener.connect(two.url, { token: leaver.token });
    await leaver.post('/api/auth/logout');
    await listener.gone();
  });

  it('leave each other’s running calls alone when they start', async () => {
    const placed = await one.telephony.place({ to: '1000', callId: 'running' });
    if (placed.verdict !== 'run') throw new Error('not answered');
    await until(async () =>
      (await admin.get('/api/calls?state=answered')).body.items.some((call: { id: string }) => call.id === 'running'),
    );
    const three = await TestServer.start({ ...one.remains(), INSTANCE_ID: 'three' });
    expect((await admin.get('/api/calls/running')).body.state).toBe('answered');
    expect((await (await three.admin()).get('/api/calls/running')).body.state).toBe('answered');
    await three.server.close();
  });
});
