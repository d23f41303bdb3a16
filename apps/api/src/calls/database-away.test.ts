import { expect, inject, it } from 'vitest';
import { CuttableProxy } from '../testing/cuttable-proxy.js';
import { deploy } from '../testing/deploy.js';
import { freshDatabaseUrl } from '../testing/test-database.js';
import { TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

// SQLite is in the process itself: it cannot be away while the process runs.
it.skipIf(inject('postgresUrl') === null)(
  'a database that goes away and comes back loses no call (G3; PostgreSQL only)',
  async () => {
    const url = new URL((await freshDatabaseUrl()) ?? '');
    const wire = await CuttableProxy.to(url.hostname, Number(url.port));
    url.hostname = '127.0.0.1';
    url.port = String(wire.port);
    const server = await TestServer.start({ DATABASE_URL: url.href });
    try {
      const admin = await server.admin();
      await deploy(admin, '1000');
      const call = async () => {
        const placed = await server.telephony.place({ to: '1000' });
        if (placed.verdict !== 'run') throw new Error('not answered');
        return placed.call;
      };
      const calls = [await call()];

      wire.cut();
      for (let n = 0; n < 5; n++) calls.push(await call());
      for (const one of calls.slice(0, 3)) one.caller.farEnd.hangUp();
      await until(async () => (await server.visitor().get('/health/ready')).status === 503);
      expect((await admin.get('/api/calls')).body.error.code).toBe('server.database-away');
      expect((await server.visitor().get('/health/live')).status).toBe(200);

      wire.mend();
      await until(async () => (await server.visitor().get('/health/ready')).status === 200);
      for (const one of calls.slice(3)) one.caller.farEnd.hangUp();
      for (const one of calls) {
        const record = await until(async () => {
          const { body } = await admin.get(`/api/calls/${one.id}`);
          return body.state === 'ended' && body.node === null && body;
        });
        expect(record.cause).toBe('normal');
        const events = (await admin.get(`/api/calls/${one.id}/events`)).body.items as { seq: number }[];
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      }
      expect((await admin.get('/api/calls')).body.items).toHaveLength(calls.length);
    } finally {
      await server.stop();
      wire.close();
    }
  },
);
