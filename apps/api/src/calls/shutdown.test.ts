import { describe, expect, it } from 'vitest';
import { deploy } from '../testing/deploy.js';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

describe('shutting down (G4)', () => {
  it('takes no new calls, lets those that run finish, and closes', async () => {
    const server = await TestServer.start();
    const admin = await server.admin();
    const { scenarioId } = await deploy(admin, '1000');
    const placed = await server.telephony.place({ to: '1000' });
    if (placed.verdict !== 'run') throw new Error('not answered');
    let closed = false;
    const closing = server.server.shutDown(60_000).then(() => (closed = true));

    expect((await server.telephony.place({ to: '1000' })).verdict).toBe('refused');
    const refused = await admin.post('/api/calls', { to: 'phone:nobody', scenarioId });
    expect([refused.status, refused.body.error.code]).toEqual([503, 'service.no-capacity']);
    const ready = await admin.get('/health/ready');
    expect([ready.status, ready.body.reasons]).toEqual([503, expect.arrayContaining(['stopping'])]);
    expect((await admin.get(`/api/calls/${placed.call.id}`)).body.state).toBe('answered');
    expect(closed).toBe(false);

    placed.call.caller.farEnd.hangUp();
    await closing;
    await server.stop();
  });

  it('ends what is still there when its patience is over, and the record says so', async () => {
    const server = await TestServer.start();
    const admin = await server.admin();
    await deploy(admin, '1000');
    const placed = await server.telephony.place({ to: '1000' });
    if (placed.verdict !== 'run') throw new Error('not answered');
    await until(async () => (await admin.get(`/api/calls/${placed.call.id}`)).body.state === 'answered');
    const remains = server.remains();
    await server.server.shutDown(100);
    const next = await TestServer.start(remains);
    const record = (await (await next.admin()).get(`/api/calls/${placed.call.id}`)).body;
    expect(record).toMatchObject({ state: 'ended', cause: expect.not.stringMatching('interrupted') });
    await next.stop();
  });
});
