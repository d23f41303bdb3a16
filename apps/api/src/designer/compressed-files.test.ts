import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as send, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compressedFiles } from './compressed-files.js';

const SCRIPT = 'export const answer = 42;';
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callwright-assets-'));
  writeFileSync(join(folder, 'app.js'), SCRIPT);
  writeFileSync(join(folder, 'app.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(folder, 'small.css'), 'a{}');
  const app = express().use('/assets', compressedFiles(folder, { maxAge: '1y', immutable: true }));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, encoding: string) =>
  new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    send({ port, path, headers: { 'accept-encoding': encoding } }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('end', () => resolve({ status: reply.statusCode!, headers: reply.headers, body: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });

it('gives the compressed copy to who takes it, as what it is', async () => {
  const { headers, body } = await get('/assets/app.js', 'gzip, deflate');
  expect(headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': expect.stringMatching(/^text\/javascript/) as string,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  });
  expect(gunzipSync(body).toString()).toBe(SCRIPT);
});

it.each(['identity', 'gzip;q=0', 'br'])('gives the file itself to who takes only %s', async (encoding) => {
  const { headers, body } = await get('/assets/app.js', encoding);
  expect(headers['content-encoding']).toBeUndefined();
  expect(body.toString()).toBe(SCRIPT);
});

it('gives a file that has no copy as it is', async () => {
  const { headers, body } = await get('/assets/small.css', 'gzip');
  expect(headers['content-encoding']).toBeUndefined();
  expect(body.toString()).toBe('a{}');
});

it.each(['/assets/..%2fapp.js', '/assets/%2e%2e/%2e%2e/etc/hostname', '/assets/none.js', '/assets/%ff.js'])(
  'has nothing at %s',
  async (path) => {
    expect((await get(path, 'gzip')).status).toBeGreaterThanOrEqual(400);
  },
);
