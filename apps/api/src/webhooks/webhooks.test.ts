import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deploy } from '../testing/deploy.js';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';
import type { Visitor } from '../testing/visitor.js';
import { signatureOf } from './deliveries.js';

interface Delivery {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let server: TestServer;
let admin: Visitor;
let far: Server;
let url: string;
let deliveries: Delivery[] = [];
let status = 200;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  await deploy(admin, '1000');
  far = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      deliveries.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(far.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
  deliveries = [];
  status = 200;
});
afterAll(async () => {
  far.closeAllConnections();
  far.close();
  await server.stop();
});

const oneCall = async () => {
  const placed = await server.telephony.place({ to: '1000' });
  if (placed.verdict !== 'run') throw new Error('not answered');
  placed.call.caller.farEnd.hangUp();
  return placed.call.id;
};

describe('webhooks (S7)', () => {
  it('carry the events of the log, signed', async () => {
    const hook = (await admin.post('/api/webhooks', { url })).body;
    expect(hook).toMatchObject({ url, events: ['*'], secret: expect.stringMatching(/^whsec_/) });
    expect((await admin.get(`/api/webhooks/${hook.id}`)).body.secret).toBeUndefined();
    const id = await oneCall();
    await until(() => deliveries.some(({ body }) => body.includes('"run.ended"')));
    await until(async () => deliveries.length >= (await admin.get(`/api/calls/${id}/events`)).body.items.length);
    const log = (await admin.get(`/api/calls/${id}/events`)).body.items;
    expect(deliveries.map(({ body }) => JSON.parse(body) as { seq: number }).sort((a, b) => a.seq - b.seq)).toEqual(
      log,
    );
    for (const { headers, body } of deliveries) {
      const signature = String(headers['x-callwright-signature']);
      const seconds = Number(/^t=(\d+),/.exec(signature)?.[1]);
      expect(signature).toBe(signatureOf(hook.secret, seconds, body));
      expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(10);
    }
    await admin.delete(`/api/webhooks/${hook.id}`);
  });

  it('hear of what they asked for', async () => {
    const hook = (await admin.post('/api/webhooks', { url, events: ['call.ended', 'run.*'] })).body;
    await oneCall();
    await until(() => deliveries.length >= 2);
    expect(new Set(deliveries.map(({ body }) => (JSON.parse(body) as { name: string }).name))).toEqual(
      new Set(['call.ended', 'run.ended']),
    );
    await admin.delete(`/api/webhooks/${hook.id}`);
    expect((await admin.post('/api/webhooks', { url, events: ['no event'] })).status).toBe(400);
    expect((await admin.post('/api/webhooks', { url: 'file:///etc/passwd' })).status).toBe(400);
  });

  it('are tried again with the same body until they arrive', async () => {
    status = 500;
    const hook = (await admin.post('/api/webhooks', { url, events: ['run.ended'] })).body;
    await oneCall();
    await until(() => deliveries.length === 1);
    status = 200;
    await until(() => deliveries.length === 2);
    expect(deliveries[1]?.body).toBe(deliveries[0]?.body);
    expect(deliveries[1]?.headers['x-callwright-delivery']).toBe(deliveries[0]?.headers['x-callwright-delivery']);
    await admin.delete(`/api/webhooks/${hook.id}`);
  });

  it('tell what became of each delivery, and try one again when asked', async () => {
    status = 500;
    const hook = (await admin.post('/api/webhooks', { url, events: ['run.ended'] })).body;
    const listed = async () => (await admin.get(`/api/webhooks/${hook.id}/deliveries`)).body.items;
    const callId = await oneCall();
    const waiting = await until(async () => (await listed()).find((one: { attempts: number }) => one.attempts > 0));
    expect(waiting).toMatchObject({ event: 'run.ended', callId, state: 'waiting', error: 'status 500' });
    status = 200;
    expect((await admin.post(`/api/webhooks/${hook.id}/deliveries/${waiting.id}/retry`)).status).toBe(204);
    const arrived = await until(async () =>
      (await listed()).find((one: { state: string }) => one.state === 'delivered'),
    );
    expect(arrived).toMatchObject({ id: waiting.id, error: null, dueAt: null });
    deliveries = [];
    expect((await admin.post(`/api/webhooks/${hook.id}/deliveries/${waiting.id}/retry`)).status).toBe(204);
    await until(() => deliveries.some(({ headers }) => headers['x-callwright-delivery'] === waiting.id));
    expect((await admin.post(`/api/webhooks/${hook.id}/deliveries/none/retry`)).status).toBe(404);
    await admin.delete(`/api/webhooks/${hook.id}`);
  });

  it('can be tested at once', async () => {
    const hook = (await admin.post('/api/webhooks', { url, events: ['call.ended'] })).body;
    expect((await admin.post(`/api/webhooks/${hook.id}/test`)).body).toMatchObject({ delivered: true, error: null });
    expect(JSON.parse(deliveries[0]!.body)).toMatchObject({ name: 'webhook.tested' });
    expect((await admin.get(`/api/webhooks/${hook.id}/deliveries`)).body.items).toEqual([
      expect.objectContaining({ event: 'webhook.tested', state: 'delivered', attempts: 1, error: null }),
    ]);
    status = 404;
    expect((await admin.post(`/api/webhooks/${hook.id}/test`)).body).toMatchObject({
      delivered: false,
      error: 'status 404',
    });
    await admin.delete(`/api/webhooks/${hook.id}`);
  });

  it('of private addresses are not reached, and no call notices', async () => {
    const closed = await TestServer.start({ EGRESS_ALLOW: '' });
    try {
      const visitor = await closed.admin();
      await deploy(visitor, '1000');
      await visitor.post('/api/webhooks', { url });
      const placed = await closed.telephony.place({ to: '1000' });
      if (placed.verdict === 'run') placed.call.caller.farEnd.hangUp();
      await until(async () =>
        /webhook_deliveries_total\{result="failed"\} [1-9]/.test((await visitor.get('/metrics')).text),
      );
      expect(deliveries).toEqual([]);
    } finally {
      await closed.stop();
    }
  });
});
