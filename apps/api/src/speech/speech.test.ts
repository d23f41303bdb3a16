import { readWav } from '@callwright/media';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../testing/test-server.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
});
afterAll(() => server.stop());

async function hear(body: object): Promise<{ status: number; type: string | null; ms: number; loud: number }> {
  const reply = await fetch(`${server.url}/api/speech/preview`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const bytes = new Uint8Array(await reply.arrayBuffer());
  const pcm = reply.ok ? readWav(bytes) : new Int16Array();
  const loud = Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, pcm.length));
  return { status: reply.status, type: reply.headers.get('content-type'), ms: pcm.length / 8, loud };
}

describe('a prompt is heard', () => {
  it('in all its parts, one after the other', async () => {
    const tone = await hear({ prompt: [{ tone: 'ringback' }] });
    const both = await hear({ prompt: [{ tone: 'ringback' }, { silence: 700 }] });
    expect(both).toMatchObject({ status: 200, type: 'audio/wav' });
    expect(both.ms - tone.ms).toBeCloseTo(700);
    expect(tone.loud).toBeGreaterThan(100);
  });

  it('with the words of the text', async () => {
    const short = await hear({ prompt: [{ say: 'Hello.' }] });
    const long = await hear({ prompt: [{ say: 'Hello, and thank you for calling our office on this fine day.' }] });
    expect(short.status).toBe(200);
    expect(long.ms).toBeGreaterThan(short.ms * 2);
    expect(long.loud).toBeGreaterThan(100);
  });

  it('for two minutes at most', async () => {
    expect((await hear({ prompt: [{ silence: 3_600_000 }, { say: 'Never heard.' }] })).ms).toBe(120_000);
  });

  it('or it is said what is wrong', async () => {
    expect((await hear({ prompt: [] })).status).toBe(400);
    const missing = await admin.post('/api/speech/preview', { prompt: [{ play: 'nothing.wav' }] });
    expect(missing.body).toMatchObject({ error: { code: 'media.not-found' } });
    const ssml = await admin.post('/api/speech/preview', { prompt: [{ say: '<speak><p>open</speak>' }] });
    expect(ssml.body).toMatchObject({ error: { code: 'speech.bad-ssml' } });
  });
});

it('tells the voices that there are', async () => {
  const { body } = await admin.get('/api/speech/voices');
  expect(body.items.length).toBeGreaterThan(0);
  expect(body.items[0]).toEqual({ name: expect.any(String), language: expect.any(String), engine: expect.any(String) });
});
