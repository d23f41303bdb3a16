import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectFaxLibrary } from './library.js';
import { Spandsp } from './spandsp.js';
import { chart, pixelsOf, writeChart } from './testing/bitmaps.js';
import { faxByAudio, faxByPackets } from './testing/line.js';

const library = detectFaxLibrary();

/** Minutes of line time are computed; a busy machine needs a while for them. */
const TIMEOUT_MS = 60_000;

describe.skipIf(!library.available)('a fax terminal (skipped without libspandsp2)', { timeout: TIMEOUT_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'fax-terminal-'));
  const path = (name: string) => join(folder, name);
  const document = path('document.tif');
  let spandsp: Spandsp;

  beforeAll(() => {
    writeChart(document, [chart(1), chart(2)]);
    spandsp = new Spandsp();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const send = { file: document };
  const random = (seed: number) => {
    let state = seed;
    return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  };

  it.each([
    ['MMR with error correction', {}, 'MMR'],
    ['MR without', { ECM: 'NO' }, 'MR'],
    ['MH without, by V.29', { ECM: 'NO', Compression: 'MH', v17: 'NO' }, 'MH'],
    ['MMR by V.27ter', { MaxDataRate: '4800' }, 'MMR'],
  ])('carries a document over audio, pixel by pixel: %s', (name, options, compression) => {
    const file = path(`audio ${name}.tif`);
    const { sender, receiver } = faxByAudio(spandsp, { send: { ...send, options }, receive: { file } });
    expect([sender.end, receiver.end]).toEqual([
      { code: 0, text: 'OK', pages: 2 },
      { code: 0, text: 'OK', pages: 2 },
    ]);
    expect(pixelsOf(file)).toEqual(pixelsOf(document));
    expect(
      receiver.pages.map(({ page, compression, badRows, quality }) => ({ page, compression, badRows, quality })),
    ).toEqual([1, 2].map((page) => ({ page, compression, badRows: 0, quality: 1 })));
    expect(sender.settings).toHaveLength(1);
    expect(sender.settings[0]).toMatchObject({ standard: 'T.30', compression, resolution: '204x196' });
  });

  it('carries a document over T.38, pixel by pixel', () => {
    const file = path('t38.tif');
    const { sender, receiver } = faxByPackets(spandsp, {
      send: { ...send, options: { LocalIdent: '+370 5 200 0000' } },
      receive: { file, options: { LocalIdent: '+370 5 200 0001' } },
    });
    expect(receiver.end).toEqual({ code: 0, text: 'OK', pages: 2 });
    expect(pixelsOf(file)).toEqual(pixelsOf(document));
    expect(sender.settings[0]).toMatchObject({ standard: 'T.38', bitRate: 14_400, remoteIdent: '+370 5 200 0001' });
    expect(receiver.settings[0]).toMatchObject({ remoteIdent: '+370 5 200 0000' });
    expect(sender.signals.map(({ from, signal }) => `${from} ${signal}`)).toEqual([
      'them CSI',
      'them DIS',
      'us TSI',
      'us DCS',
      'them CFR',
      'us PPS',
      'them MCF',
      'us PPS',
      'them MCF',
      'us DCN',
    ]);
  });

  it('comes through the loss of one datagram in twenty with a redundancy of 3', () => {
    const file = path('t38 loss.tif');
    const next = random(7);
    const { receiver } = faxByPackets(spandsp, { send, receive: { file }, lost: () => next() < 0.05 });
    expect(receiver.end).toMatchObject({ code: 0, pages: 2 });
    expect(pixelsOf(file)).toEqual(pixelsOf(document));
  });

  it('comes through lost frames of audio by error correction', () => {
    const file = path('audio loss.tif');
    const next = random(3);
    const { receiver, sender } = faxByAudio(spandsp, { send, receive: { file }, lost: () => next() < 0.002 });
    expect([sender.end?.code, receiver.end?.code]).toEqual([0, 0]);
    expect(pixelsOf(file)).toEqual(pixelsOf(document));
  });

  it('sends a range of pages, and numbers them as the document does', () => {
    const file = path('range.tif');
    const { sender } = faxByPackets(spandsp, { send: { ...send, options: { FirstPage: 2 } }, receive: { file } });
    expect(sender.pages.map(({ page }) => page)).toEqual([2]);
    expect(pixelsOf(file)).toEqual(pixelsOf(document).slice(1));
  });

  it('puts a header line on top of every page', () => {
    const file = path('header.tif');
    faxByPackets(spandsp, { send: { ...send, options: { HeaderText: 'Callwright' } }, receive: { file } });
    const [with1] = pixelsOf(file);
    const [without] = pixelsOf(document);
    expect(with1!.height).toBeGreaterThan(without!.height);
  });

  it('says what both sides found when the far end hangs up in the middle', () => {
    const { sender, receiver } = faxByAudio(spandsp, {
      send,
      receive: { file: path('hung up.tif') },
      hangUpAfterMs: 11_000,
    });
    expect(sender.end).toMatchObject({ code: 49, pages: 0 });
    expect(receiver.end).toMatchObject({ code: 49, pages: 0 });
  });

  it('says that nobody answers like a fax machine', () => {
    const { sender } = faxByAudio(spandsp, { send, receive: { file: path('silent.tif') }, lost: () => true });
    expect(sender.end).toMatchObject({ code: 2, pages: 0 });
  });

  it('says when the far end cannot have the resolution', () => {
    const { sender } = faxByPackets(spandsp, {
      send,
      receive: { file: path('coarse.tif'), options: { HighRes: 'NO' } },
    });
    expect(sender.end).toMatchObject({ code: 11 });
  });

  it('can be closed at any moment', () => {
    for (const ms of [0, 2000, 9000]) {
      const { sender } = faxByAudio(spandsp, { send, receive: { file: path('closed.tif') }, hangUpAfterMs: ms });
      expect(sender.end).not.toBeNull();
    }
  });
});
