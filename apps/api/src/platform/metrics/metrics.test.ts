import { afterAll, beforeAll, expect, it } from 'vitest';
import { EventLog } from '../../calls/event-log.js';
import { fakeTelephony } from '../../testing/fake-telephony.js';
import { deploy } from '../../testing/deploy.js';
import { Listener } from '../../testing/listener.js';
import { TestServer } from '../../testing/test-server.js';
import { until } from '../../testing/until.js';
import { Database } from '../database/database.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({}, { telephony: fakeTelephony({ onDial: () => ({ then: 'answers' }) }) });
});
afterAll(() => server.stop());

/** What Prometheus would read: every series of ours with its value. */
async function series(): Promise<Map<string, string>> {
  const { text } = await server.visitor().get('/metrics');
  return new Map(
    text
      .split('\n')
      .filter((line) => line.startsWith('callwright_'))
      .map((line) => line.split(' ') as [string, string]),
  );
}
const nameOf = (line: string) => line.replace(/\{.*|_(bucket|sum|count)(?=\{|$).*/g, '');

it('every metric of ours moves (O2)', async () => {
  const described = (await server.visitor().get('/metrics')).text.match(/^# TYPE callwright_\S+/gm) ?? [];
  const moved = new Set<string>();
  let before = await series();
  const look = async () => {
    const now = await series();
    for (const [line, value] of now) if (before.get(line) !== value) moved.add(nameOf(line));
    before = now;
  };

  const admin = await server.admin();
  const { scenarioId } = await deploy(admin, '1000');
  await admin.post('/api/webhooks', { url: 'http://127.0.0.1:9/' });
  const listener = await Listener.connect(server.url, { token: admin.token });
  await admin.post('/api/calls', { to: '+37052123456', scenarioId });
  const placed = await server.telephony.place({ to: '1000' });
  await look();
  if (placed.verdict === 'run') placed.call.caller.farEnd.hangUp();
  await until(async () => (await admin.get('/api/calls/live')).body.items.length === 0);
  await until(async () => {
    await look();
    return moved.has('callwright_webhook_deliveries_total');
  });

  // The database goes away for a moment, and a call happens meanwhile.
  const database = server.server.app.get(Database);
  const { change } = database;
  database.change = () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
  const during = await server.telephony.place({ to: '1000' });
  await look();
  if (during.verdict === 'run') during.call.caller.farEnd.hangUp();
  await until(() => server.server.app.get(EventLog).away);
  expect((await server.visitor().get('/health/ready')).status).toBe(503);
  await look();
  database.change = change;
  await until(() => !server.server.app.get(EventLog).away);
  listener.close();
  server.server.fault(new Error('nobody caught this'));
  await look();

  expect([...described].map((line) => line.split(' ')[2]).filter((name) => !moved.has(name!))).toEqual([]);
});
