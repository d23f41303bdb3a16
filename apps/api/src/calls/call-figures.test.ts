import { afterAll, beforeAll, expect, it } from 'vitest';
import { deploy } from '../testing/deploy.js';
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

it('the calls of the last minutes are added up by cause, scenario and minute', async () => {
  const { scenarioId } = await deploy(admin, '1000');
  expect((await admin.get('/api/calls/figures')).body).toMatchObject({
    calls: 0,
    answered: 0,
    talkMs: null,
    causes: [],
  });
  for (let n = 0; n < 3; n++) {
    const placed = await server.telephony.place({ to: '1000' });
    if (placed.verdict !== 'run') throw new Error('not answered');
    const { call } = placed;
    await until(async () => (await admin.get(`/api/calls/${call.id}`)).body.state === 'answered');
    if (n < 2) call.caller.farEnd.hangUp();
    else {
      expect((await admin.get(`/api/calls/${call.id}/quality`)).body).toEqual({
        legs: [{ leg: 'caller', codec: call.caller.codec, ...server.telephony.legQuality }],
      });
    }
  }
  await until(async () => (await admin.get('/api/calls/live')).body.items.length === 1);
  const { body } = await admin.get('/api/calls/figures?minutes=5');
  expect(body).toMatchObject({
    calls: 3,
    answered: 3,
    causes: [{ cause: 'normal', calls: 2 }],
    scenarios: [{ scenarioId, calls: 3, answered: 3 }],
  });
  expect(body.talkMs).toBeGreaterThanOrEqual(0);
  expect(body.minutes.reduce((sum: number, { calls }: { calls: number }) => sum + calls, 0)).toBe(3);
  expect(body.minutes[0].minute).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
  expect((await admin.get('/api/calls/figures?minutes=0')).status).toBe(400);
});
