import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTiff, writeTiff } from '@callwright/fax';
import { chart, pixelsOf } from '@callwright/fax-terminal/testing';
import { VirtualClock } from '@callwright/kernel';
import { FakeTelephony } from '@callwright/channel-contract/fake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../platform/database/database.js';
import { TestServer } from '../testing/test-server.js';
import type { Visitor } from '../testing/visitor.js';
import { Fax, FaxProfile } from './fax.entity.js';

const FAX = 'phone:fax';
let server: TestServer;
let admin: Visitor;
const folder = mkdtempSync(join(tmpdir(), 'callwright-faxes-'));

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  await admin.post('/api/phones', { username: 'fax', password: 'secret' });
});
afterAll(() => server.stop());

const form = (content: Uint8Array | string, fileName: string, fields: Record<string, string>) => {
  const data = new FormData();
  data.append('file', new Blob([content]), fileName);
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};
const send = (content: Uint8Array | string, fileName: string, fields: Record<string, string> = {}, key?: string) =>
  (key === undefined ? admin : admin.with({ 'idempotency-key': key })).post(
    '/api/faxes',
    form(content, fileName, { to: FAX, notBefore: '2099-01-01T00:00:00Z', ...fields }),
  );
/** Every pixel, in a form that is quickly compared. */
const pixels = (path: string) =>
  pixelsOf(path).map(
    ({ width, height, bits }) => `${width}x${height} ${createHash('sha256').update(bits).digest('hex')}`,
  );
const tiffOf = async (id: string) => {
  const reply = await fetch(`${server.url}/api/faxes/${id}/document?format=tiff`, {
    headers: { authorization: `Bearer ${admin.token}` },
  });
  expect(reply.headers.get('content-disposition')).toMatch(/^attachment/);
  const path = join(folder, `${id}.tif`);
  writeFileSync(path, Buffer.from(await reply.arrayBuffer()));
  return path;
};

describe('documents of faxes', () => {
  it.each(['none', 'g3', 'g3:2d', 'g4', 'packbits', 'lzw', 'zip'])(
    'keep every pixel of a TIFF in %s',
    async (compression) => {
      const plain = join(folder, 'plain.tif');
      const source = join(folder, 'source.tif');
      writeFileSync(plain, writeTiff([chart(1, { height: 100 }), chart(2, { height: 100, yDpi: 98 })]));
      execFileSync('tiffcp', ['-c', compression, '-f', 'lsb2msb', plain, source]);
      const sent = await send(readFileSync(source), 'chart.tif');
      expect([sent.status, sent.body]).toEqual([202, { id: expect.any(String), state: 'queued' }]);
      const kept = await tiffOf(sent.body.id);
      expect(pixels(kept)).toEqual(pixels(plain));
      expect(readTiff(readFileSync(kept)).map(({ compression: as, yDpi }) => [as, yDpi])).toEqual([
        ['MMR', 196],
        ['MMR', 98],
      ]);
    },
  );

  it('are drawn on fax paper from PDF, PNG, JPEG and text', async () => {
    const picture = (name: string) => {
      const path = join(folder, name);
      execFileSync('ffmpeg', [
        '-v',
        'error',
        '-f',
        'lavfi',
        '-i',
        'testsrc=size=600x900',
        '-frames:v',
        '1',
        '-y',
        path,
      ]);
      return readFileSync(path);
    };
    const pdf = join(folder, 'two.pdf');
    const words = '/Helvetica findfont 40 scalefont setfont 72 700 moveto (Offer) show showpage ';
    execFileSync('gs', ['-q', '-dNOPAUSE', '-dBATCH', '-sDEVICE=pdfwrite', `-sOutputFile=${pdf}`, '-c', words + words]);
    for (const [content, name, pages] of [
      [readFileSync(pdf), 'two.pdf', 2],
      [picture('picture.png'), 'picture.png', 1],
      [picture('picture.jpg'), 'picture.jpg', 1],
      [`Labas, ąčęė Привет\n${'word '.repeat(60)}\n`.repeat(30), 'letter.txt', 3],
    ] as const) {
      const sent = await send(content, name);
      expect([name, sent.status, sent.body.error]).toEqual([name, 202, undefined]);
      const kept = readTiff(readFileSync(await tiffOf(sent.body.id)));
      expect(kept.map(({ width, xDpi, compression }) => [width, xDpi, compression])).toEqual(
        Array.from({ length: pages }, () => [1728, 204, 'MMR']),
      );
      expect((await admin.get(`/api/faxes/${sent.body.id}`)).body).toMatchObject({ totalPages: pages, document: name });
      // Something is on every page.
      for (const { bits } of pixelsOf(join(folder, `${sent.body.id}.tif`)))
        expect(bits.some((byte) => byte !== 0)).toBe(true);
    }
  }, 60_000);

  it('can be looked at page by page, and taken away as PDF', async () => {
    const { id } = (await send(writeTiff([chart(1), chart(2)]), 'view.tif')).body;
    const ask = (path: string) =>
      fetch(`${server.url}/api/faxes/${id}/${path}`, { headers: { authorization: `Bearer ${admin.token}` } });
    const pdf = await ask('document');
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const png = Buffer.from(await (await ask('pages/2?width=300')).arrayBuffer());
    expect(png.readUInt32BE(16)).toBe(300);
    expect((await ask('pages/3')).status).toBe(404);
  });

  it('are refused with a reason when they are hostile', async () => {
    const tiff = writeTiff([chart(1)]);
    const circle = Buffer.from(writeTiff([chart(1)]));
    circle.writeUInt32LE(circle.readUInt32LE(4), circle.readUInt32LE(4) + 2 + 14 * 12);
    for (const [content, name, reason] of [
      ['', 'empty.tif', /none of TIFF/],
      [new Uint8Array([0, 1, 2, 3]), 'bytes.bin', /none of TIFF/],
      [tiff.slice(0, 200), 'cut.tif', /outside of the file|no/],
      [circle, 'circle.tif', /circle/],
      ['%PDF-1.7 and nothing more', 'broken.pdf', /damaged/],
      [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]), 'broken.png', /fax/],
      ['   \n', 'blank.txt', /empty/],
    ] as const) {
      const reply = await send(content, name);
      expect([name, reply.status, reply.body.error.code]).toEqual([name, 415, 'fax.bad-document']);
      expect(reply.body.error.message).toMatch(reason);
    }
  }, 30_000);
});

describe('POST /api/faxes', () => {
  it('says what is wrong with an order', async () => {
    const json = (body: object) => admin.post('/api/faxes', body);
    expect((await json({ to: FAX, media: 'nothing' })).body.error.code).toBe('fax.document-not-found');
    expect((await json({ media: 'x' })).body.error.details.fields).toEqual([expect.objectContaining({ path: 'to' })]);
    expect((await json({ to: '{{ vars.x }}', media: 'x' })).status).toBe(400);
    expect((await send(writeTiff([chart(1)]), 'a.tif', { schedule: 'never' })).body.error.code).toBe(
      'schedule.not-found',
    );
    // Before the time from which it may be tried.
    const early = await send(writeTiff([chart(1)]), 'a.tif', { notAfter: '2098-01-01T00:00:00Z' });
    expect(early.body.error.details.fields).toEqual([expect.objectContaining({ path: 'notAfter' })]);
    const bad = await json({ to: FAX, media: 'x', options: { v17: 'NO', MinDataRate: '14400' } });
    expect(bad.body.error).toMatchObject({
      code: 'fax.bad-options',
      details: { cause: 'INCONSISTENT_OPTIONS', failedOption: { v17: 'NO', MinDataRate: '14400' } },
    });
    expect((await send(writeTiff([chart(1)]), 'a.tif', { options: '{"Paper":"A7"}' })).body.error.code).toBe(
      'fax.bad-options',
    );
  });

  it('gives the same fax for the same key, and refuses the key for another', async () => {
    const chartOne = writeTiff([chart(1)]);
    const [first, second] = await Promise.all([
      send(chartOne, 'once.tif', {}, 'key-1'),
      send(chartOne, 'once.tif', {}, 'key-1'),
    ]);
    expect(first.body.id).toBe(second.body.id);
    expect((await send(chartOne, 'once.tif', {}, 'key-1')).body.id).toBe(first.body.id);
    expect((await send(chartOne, 'once.tif', { to: '+37060000001' }, 'key-1')).body.error.code).toBe('fax.key-reused');
    const media = (await admin.get(`/api/faxes/${first.body.id}`)).body.document;
    const order = { to: FAX, media, notBefore: '2099-01-01T00:00:00Z' };
    const keyed = admin.with({ 'idempotency-key': 'key-2' });
    expect((await keyed.post('/api/faxes', order)).body.id).toBe((await keyed.post('/api/faxes', order)).body.id);
  });

  it('can be cancelled while it is not over', async () => {
    const { id } = (await send(writeTiff([chart(1)]), 'cancel.tif')).body;
    expect((await admin.delete(`/api/faxes/${id}`)).status).toBe(204);
    expect((await admin.get(`/api/faxes/${id}`)).body).toMatchObject({ state: 'cancelled', nextAttemptAt: null });
    expect((await admin.delete(`/api/faxes/${id}`)).body.error.code).toBe('fax.over');
  });
});

/** Of a fax of the API, what is looked at here. */
interface FaxBody {
  readonly state: string;
  readonly attempts: readonly unknown[];
  readonly nextAttemptAt: string | null;
}

describe('the queue', () => {
  /** A server whose time stands still until it is told. */
  async function queue(environment: Record<string, string> = {}) {
    const clock = new VirtualClock(Date.now());
    const own = await TestServer.start(environment, { clock });
    const visitor = await own.admin();
    await visitor.post('/api/phones', { username: 'fax', password: 'secret' });
    const telephony = own.telephony;
    if (!(telephony instanceof FakeTelephony)) throw new Error('no fake');
    const fax = async (id: string) => (await visitor.get(`/api/faxes/${id}`)).body;
    /** Lets time pass until the fax is so, however long the database takes meanwhile; gives it, or what it is after the longest time. */
    const until = async (id: string, isSo: (fax: FaxBody) => boolean, longestMs: number): Promise<FaxBody> => {
      for (let passed = 0; passed < longestMs; passed += 500) {
        const now = await fax(id);
        if (isSo(now)) return now;
        clock.advance(500);
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
      return fax(id);
    };
    const secondsToNext = ({ nextAttemptAt }: FaxBody) => (Date.parse(nextAttemptAt ?? '') - clock.now()) / 1000;
    const order = async (fields: Record<string, string> = {}) => {
      const reply = await visitor.post(
        '/api/faxes',
        form(writeTiff([chart(1), chart(2)]), 'two.tif', { to: FAX, ...fields }),
      );
      return String(reply.body.id);
    };
    return { own, clock, visitor, telephony, until, secondsToNext, order };
  }

  it('tries a busy number again after a minute, then two', async () => {
    const { own, until, secondsToNext, order, telephony } = await queue();
    telephony.exchange.callee(FAX, { then: 'busy' });
    const id = await order();
    const waits = (tries: number) => (fax: FaxBody) => fax.attempts.length === tries && fax.state === 'queued';
    const first = await until(id, waits(1), 60_000);
    expect(first).toMatchObject({ state: 'queued', outcome: 'busy', attempts: [{ outcome: 'busy' }] });
    // Some time passes while the database is asked.
    expect(secondsToNext(first)).toBeGreaterThan(40);
    expect(secondsToNext(first)).toBeLessThanOrEqual(60);
    const second = await until(id, waits(2), 120_000);
    expect(second.attempts).toHaveLength(2);
    expect(secondsToNext(second)).toBeGreaterThan(90);
    expect(secondsToNext(second)).toBeLessThanOrEqual(120);
    await own.stop();
  }, 60_000);

  it('waits for the hours of its schedule, and gives up when its time is over', async () => {
    const { own, clock, visitor, until, order, telephony } = await queue();
    telephony.exchange.callee(FAX, { then: 'busy' });
    const inAnHour = new Date(Math.ceil(clock.now() / 60_000) * 60_000 + 3_600_000);
    const time = (at: Date) => at.toISOString().slice(11, 16);
    const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][inAnHour.getUTCDay()]!;
    // Past midnight where that is so: a range belongs to the day on which it begins.
    const hours = { [day]: [[time(inAnHour), time(new Date(inAnHour.getTime() + 1_800_000))]] };
    await visitor.post('/api/schedules', { name: 'Later', schedule: { timeZone: 'UTC', weekly: hours } });
    const notAfter = new Date(inAnHour.getTime() + 30_000).toISOString();
    const id = await order({ schedule: 'Later', notAfter });
    const waiting = await until(
      id,
      ({ nextAttemptAt }) => Date.parse(nextAttemptAt ?? '') > clock.now() + 60_000,
      60_000,
    );
    expect(waiting).toMatchObject({
      state: 'queued',
      attempts: [],
      nextAttemptAt: inAnHour.toISOString(),
      giveUpAt: notAfter,
    });
    clock.advance(inAnHour.getTime() - clock.now());
    expect(await until(id, ({ attempts }) => attempts.length === 1, 25_000)).toMatchObject({ outcome: 'busy' });
    expect(await until(id, ({ state }) => state === 'failed', 60_000)).toMatchObject({
      state: 'failed',
      cause: 'TIMEOUT',
      nextAttemptAt: null,
      attempts: [{ outcome: 'busy' }],
    });
    await own.stop();
  }, 60_000);

  it('gives up when a person answers twice', async () => {
    const { own, until, order, telephony } = await queue();
    telephony.exchange.callee(FAX, { then: 'answers' });
    const id = await order();
    expect(
      await until(id, ({ state, attempts }) => state === 'queued' && attempts.length === 1, 300_000),
    ).toMatchObject({
      state: 'queued',
      outcome: 'not-fax',
      cause: 'NOTFAX',
    });
    expect(await until(id, ({ state }) => state === 'failed', 2_000_000)).toMatchObject({
      state: 'failed',
      outcome: 'not-fax',
      nextAttemptAt: null,
    });
    await own.stop();
  }, 120_000);

  it('calls nobody for a fax of which every page was confirmed before a crash', async () => {
    const { own, until, order, telephony } = await queue();
    telephony.exchange.callee(FAX, { then: 'busy' });
    const id = await order({ notBefore: '2099-01-01T00:00:00Z' });
    const lost = { state: 'sending' as const, claimedBy: 'dead', claimedUntil: '2020-01-01T00:00:00.000Z', pages: 2 };
    await own.server.app.get(Database).change((manager) => manager.update(Fax, { id }, lost));
    expect(await until(id, ({ state }) => state === 'sent', 60_000)).toMatchObject({
      state: 'sent',
      outcome: 'sent',
      attempts: [],
      inDoubtPage: null,
      nextAttemptAt: null,
    });
    await own.stop();
  }, 30_000);

  it('does not let what it learned of a number contradict what was asked for', async () => {
    const { own, visitor, until, order, telephony } = await queue();
    telephony.exchange.callee(FAX, { then: 'busy' });
    const { workspaceId } = (await visitor.get('/api/auth/me')).body.user;
    const learned = { workspaceId, to: FAX, step: 3 };
    await own.server.app.get(Database).change((manager) => manager.insert(FaxProfile, learned));
    const id = await order({ options: JSON.stringify({ MinDataRate: '14400' }) });
    expect(await until(id, ({ attempts }) => attempts.length === 1, 60_000)).toMatchObject({
      outcome: 'busy',
      attempts: [{ options: { MinDataRate: '14400' } }],
    });
    await own.stop();
  }, 30_000);

  it('takes up what an instance had on the line when it died, and says which page is in doubt', async () => {
    const { own, until, order, telephony } = await queue();
    telephony.exchange.callee(FAX, { then: 'busy' });
    const id = await order({ notBefore: '2099-01-01T00:00:00Z' });
    const database = own.server.app.get(Database);
    await database.change((manager) =>
      manager.update(
        Fax,
        { id },
        { state: 'sending', claimedBy: 'dead', claimedUntil: '2020-01-01T00:00:00.000Z', pages: 1 },
      ),
    );
    expect(await until(id, ({ attempts }) => attempts.length === 1, 120_000)).toMatchObject({
      inDoubtPage: 2,
      attempts: [{ outcome: 'busy', options: { FirstPage: 2 } }],
    });
    await own.stop();
  }, 30_000);
});
