import { inject, afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeTelephony } from '../testing/fake-telephony.js';
import { deploy } from '../testing/deploy.js';
import { freshDatabaseUrl } from '../testing/test-database.js';
import { TestServer } from '../testing/test-server.js';
import type { Visitor } from '../testing/visitor.js';

/* Two processes on one PostgreSQL share the places that the limits leave (reliability E2). SQLite has one process. */

describe.skipIf(inject('postgresUrl') === null)('limits of two instances on one database (E2)', () => {
  const servers: TestServer[] = [];
  let visitors: Visitor[];
  let scenarioId: string;

  beforeAll(async () => {
    const DATABASE_URL = (await freshDatabaseUrl()) as string;
    for (const INSTANCE_ID of ['one', 'two']) {
      const telephony = fakeTelephony({ onDial: () => ({ then: 'answers' }) });
      servers.push(await TestServer.start({ DATABASE_URL, INSTANCE_ID }, { telephony }));
    }
    const [first, second] = await Promise.all(servers.map((server) => server.admin()));
    visitors = [first as Visitor, second as Visitor];
    ({ scenarioId } = await deploy(visitors[0] as Visitor, '1000'));
    // Each instance reads limits and scenarios when it is told of them; without Redis it is told by a change of its own.
    for (const visitor of visitors)
      await visitor.put('/api/limits', {
        sipHosts: ['example.org'],
        callsPerSecond: 1_000,
        concurrentCalls: 5,
        minutesPerDay: 10,
      });
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
  });

  const place = async (at: number): Promise<{ status: number; id: string }> => {
    const { status, body } = await (visitors[at % 2] as Visitor).post('/api/calls', {
      to: 'sip:x@example.org',
      scenarioId,
    });
    return { status, id: String(body.id) };
  };

  const running = async (visitor: Visitor): Promise<{ id: string; instance: number }[]> => {
    const { body } = await visitor.get('/api/calls/live');
    const calls = (Array.isArray(body) ? body : body.items) as { id: string }[];
    return calls.map(({ id }) => ({ id, instance: visitors.indexOf(visitor) }));
  };

  it('let out as many calls as one would, however they race', async () => {
    const placed = await Promise.all(Array.from({ length: 24 }, (_, at) => place(at)));
    expect(placed.filter(({ status }) => status === 202)).toHaveLength(5);
    expect(placed.filter(({ status }) => status === 429)).toHaveLength(19);
  });

  it('give a place that one has left to the other', async () => {
    expect((await place(0)).status).toBe(429);
    for (const visitor of visitors)
      for (const { id, instance } of await running(visitor)) {
        const reply = await visitor.post(`/api/calls/${id}/commands`, { type: 'hang-up' });
        expect([instance, reply.status]).toEqual([instance, 202]);
      }
    let placed = 0;
    const all = async () => (placed += (await place(0)).status === 202 ? 1 : 0);
    await expect.poll(all, { timeout: 20_000 }).toBe(5);
    expect((await place(1)).status).toBe(429);
  });
});
