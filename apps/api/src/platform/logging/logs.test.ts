import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/documents.js';
import { deploy } from '../../testing/deploy.js';
import { TestServer } from '../../testing/test-server.js';
import { until } from '../../testing/until.js';
import { loggerSettings, maskTokens } from './logger.js';

const lines: string[] = [];
let server: TestServer;

beforeAll(async () => {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  server = await TestServer.start({}, { logger: pino({ ...loggerSettings({ LOG_LEVEL: 'trace' }) }, sink) });
});
afterAll(() => server.stop());

describe('logs (O2)', () => {
  it('follow a call by its id from the INVITE to its end, without digits, callers and secrets', async () => {
    const admin = await server.admin();
    await admin.post('/api/secrets', { name: 'crm', value: 'very-secret-value' });
    await deploy(admin, '1000', frontDesk('desk'));
    const placed = await server.telephony.place({ to: '1000', from: '+37069998877' });
    if (placed.verdict !== 'run') throw new Error('not answered');
    const { call } = placed;
    await until(async () => (await admin.get(`/api/calls/${call.id}`)).body.node === 'menu');
    call.caller.farEnd.press('2');
    await until(async () => (await admin.get(`/api/calls/${call.id}`)).body.path.includes('support'));
    await until(async () => (await admin.get(`/api/calls/${call.id}`)).body.state === 'ended');
    await until(() => lines.some((line) => line.includes('call ended')));

    const ofCall = lines
      .map((line) => JSON.parse(line) as { call?: string; msg: string })
      .filter((line) => line.call === call.id);
    expect(ofCall.map((line) => line.msg)).toEqual(
      expect.arrayContaining(['call offered', 'call started', 'call ended']),
    );
    const all = lines.join('');
    expect(all).not.toMatch(/37069998877|very-secret-value|correct horse|"digit"/);
    expect(all).not.toContain(admin.token);
  });

  it('mask tokens wherever they stand', () => {
    expect(maskTokens('GET /api/token/v1/cwt_abcdefghijk/faxes?token=cws_0123456789-_x')).toBe(
      'GET /api/token/v1/…/faxes?token=cws_…',
    );
  });
});
