import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectWav, networkTone, writeWav } from '@callwright/media';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../testing/test-server.js';
import type { Visitor } from '../testing/visitor.js';

let server: TestServer;
let admin: Visitor;

beforeAll(async () => {
  server = await TestServer.start({ MEDIA_QUOTA_MB: '1' });
  admin = await server.admin();
});
afterAll(() => server.stop());

const wav = writeWav(networkTone('dial').pcm);
const form = (content: Uint8Array | string, fileName: string, fields: Record<string, string> = {}) => {
  const data = new FormData();
  data.append('file', new Blob([content]), fileName);
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};
const upload = (...args: Parameters<typeof form>) => admin.post('/api/media', form(...args));
/** A tone as another format, made by ffmpeg. */
const encoded = (format: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'callwright-tone-')), `tone.${format}`);
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=2:sample_rate=44100', path]);
  return readFileSync(path);
};

describe('media', () => {
  it('are stored as what calls play', async () => {
    const made = await upload(wav, 'welcome.wav');
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({ name: 'welcome.wav', contentType: 'audio/wav', durationMs: 1000 }),
    ]);
    const content = await fetch(`${server.url}/api/media/welcome.wav/content`, {
      headers: { authorization: `Bearer ${admin.token}` },
    });
    expect(content.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(content.headers.get('x-content-type-options')).toBe('nosniff');
    expect(inspectWav(new Uint8Array(await content.arrayBuffer())).format).toEqual({
      encoding: 'pcm',
      bits: 16,
      channels: 1,
      sampleRate: 8000,
    });
    expect((await upload(wav, 'welcome.wav')).body.error.code).toBe('media.taken');
  });

  it.each(['mp3', 'ogg', 'flac', 'm4a', 'aiff'])('are converted from %s, whatever their name says', async (format) => {
    const made = await upload(encoded(format), 'tone.txt', { name: `tone-${format}` });
    expect(made.status).toBe(201);
    expect(made.body.durationMs).toBeGreaterThan(1950);
    expect(made.body.durationMs).toBeLessThan(2100);
  });

  it('never name other files of this machine (S5)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callwright-elsewhere-'));
    const elsewhere = join(folder, 'elsewhere.wav');
    writeFileSync(elsewhere, wav);
    for (const playlist of [
      `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${elsewhere}\n#EXT-X-ENDLIST\n`,
      `ffconcat version 1.0\nfile '${elsewhere}'\n`,
      `ffconcat version 1.0\nfile 'elsewhere.wav'\n`,
    ]) {
      expect((await upload(playlist, 'list.wav', { name: 'a playlist' })).status).toBe(415);
    }
  });

  it('are nothing else than audio (S5)', async () => {
    const playlist = '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n';
    for (const [content, name] of [
      ['<script>alert(1)</script>', 'x.wav'],
      [playlist, 'list.m3u8'],
      ["ffconcat version 1.0\nfile '/etc/passwd'\n", 'x.wav'],
      ['', 'empty.wav'],
      [wav.slice(0, 30), 'cut.wav'],
    ] as const) {
      const reply = await upload(content, name, { name: `hostile ${name}` });
      expect([name, reply.status, reply.body.error.code]).toEqual([name, 415, 'media.unknown-format']);
    }
  });

  it('are written nowhere but in the store (S5)', async () => {
    const made = await upload(wav, '../../../../escape.wav', { name: '../../etc/passwd' });
    expect(made.status).toBe(201);
    expect(readdirSync(join(server.dataDir, 'media'))).toContain(`${made.body.id}.wav`);
    expect((await admin.get(`/api/media/${encodeURIComponent('../../etc/passwd')}/content`)).status).toBe(200);
    expect((await admin.get(`/api/media/${encodeURIComponent('../secret.key')}/content`)).status).toBe(404);
    expect(
      readdirSync(join(server.dataDir, 'uploads'), { recursive: true }).filter((name) => String(name).includes('/')),
    ).toEqual([]);
    await admin.delete(`/api/media/${made.body.id}`);
    expect(readdirSync(join(server.dataDir, 'media'))).not.toContain(`${made.body.id}.wav`);
  });

  it('keep within the quota of the workspace (S5)', async () => {
    const reply = await upload(writeWav(new Int16Array(600_000)), 'long.wav');
    expect([reply.status, reply.body.error.code]).toEqual([413, 'media.quota']);
  });

  it('come as an upload, or a clear error', async () => {
    expect((await admin.post('/api/media', { file: 'x' })).status).toBe(415);
    const without = new FormData();
    without.append('name', 'x');
    expect((await admin.post('/api/media', without)).body.error.details.fields[0].path).toBe('file');
    const garbage = admin.with({ 'content-type': 'multipart/form-data; boundary=x' });
    for (const body of [
      'garbage',
      '--x\r\n',
      '--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
    ]) {
      expect((await garbage.post('/api/media', body)).status).toBe(400);
    }
    expect((await admin.with({ 'content-type': 'multipart/form-data' }).post('/api/media', 'x')).status).toBe(400);
    expect((await admin.get('/api/auth/me')).status).toBe(200);
  });
});
