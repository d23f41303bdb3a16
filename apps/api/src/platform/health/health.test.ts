import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../../testing/test-server.js';
import { Visitor } from '../../testing/visitor.js';

let server: TestServer;
let metricsUrl: string;

beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const taken = createServer().listen(0, '127.0.0.1', () => {
      const { port } = taken.address() as AddressInfo;
      taken.close(() => resolve(port));
    });
  });
  metricsUrl = `http://127.0.0.1:${port}`;
  server = await TestServer.start({ METRICS_BIND: `127.0.0.1:${port}` });
});
afterAll(() => server.stop());

describe('what runs here', () => {
  it('is told without a login', async () => {
    const { status, body } = await server.visitor().get('/api/version');
    expect(status).toBe(200);
    expect(body).toMatchObject({ version: expect.stringMatching(/^\d/), node: process.version, telephony: 'embedded' });
    for (const feature of ['fax', 'speech', 'inBandDigits']) {
      const { available, reason } = body.features[feature];
      expect(available ? reason === null : typeof reason === 'string', feature).toBe(true);
    }
  });

  it('has metrics on an address of their own, and then not on the API’s', async () => {
    expect((await new Visitor(metricsUrl).get('/metrics')).text).toContain('callwright_calls_running 0');
    expect((await new Visitor(metricsUrl).get('/else')).status).toBe(404);
    expect((await server.visitor().get('/metrics')).status).toBe(404);
  });
});
