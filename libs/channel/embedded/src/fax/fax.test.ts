import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallChannel, ChannelEvent } from '@callwright/channel-contract';
import { detectFaxLibrary } from '@callwright/fax-terminal';
import { chart, pixelsOf, writeChart } from '@callwright/fax-terminal/testing';
import { EmbeddedTelephony } from '../embedded-telephony.js';
import { TestHost } from '../testing/test-host.js';

/** Two of us, so that both ends of every call are seen. */
class Ends {
  readonly host = new TestHost();
  readonly other = new TestHost();
  readonly a: EmbeddedTelephony;
  readonly b: EmbeddedTelephony;
  #calls = 0;

  constructor() {
    this.a = this.#telephony(this.host, 35_000);
    this.b = this.#telephony(this.other, 36_000);
  }

  async start(): Promise<void> {
    this.other.numbers.add('2000');
    await Promise.all([this.a.start(), this.b.start()]);
    writeChart(join(this.host.folder, 'chart.tif'), [chart(1, { height: 120 }), chart(2, { height: 120 })]);
    this.host.faxDocuments.set('chart', { path: join(this.host.folder, 'chart.tif'), pages: 2 });
  }

  async stop(): Promise<void> {
    await Promise.all([this.a.stop(), this.b.stop()]);
    this.host.dispose();
    this.other.dispose();
  }

  /** `a` calls `b`, and `b` has answered. */
  async call(): Promise<{ sender: CallChannel; receiver: CallChannel; events: ChannelEvent[] }> {
    const accepted = new Promise<CallChannel>((resolve) => (this.other.accepted = resolve));
    this.host.routeOther = () => ({ kind: 'uri', uri: `sip:2000@127.0.0.1:${this.b.sipPort}` });
    const sender = await this.a.originate({
      callId: `fax-${(this.#calls += 1)}`,
      workspaceId: 'w',
      to: 'sip:2000@far',
      timeoutMs: 10_000,
      headers: {},
    });
    const events: ChannelEvent[] = [];
    sender.subscribe((event) => events.push(event));
    const receiver = await accepted;
    receiver.subscribe(() => undefined);
    await receiver.caller.answer({ headers: {} });
    await sender.caller.answer({ headers: {} });
    return { sender, receiver, events };
  }

  #telephony(host: TestHost, port: number): EmbeddedTelephony {
    return new EmbeddedTelephony({
      sipHost: '127.0.0.1',
      sipPort: 0,
      rtpPortMin: port,
      rtpPortMax: port + 198,
      workers: 1,
      egressAllowed: (address) => address.startsWith('127.'),
      egressAllow: ['127.0.0.0/8'],
      logger: host.logger,
      host,
    });
  }
}

const library = detectFaxLibrary();
const never = () => new AbortController().signal;

describe.skipIf(!library.available)('a fax between two of us (skipped without libspandsp2)', () => {
  const ends = new Ends();
  beforeAll(() => ends.start());
  afterAll(() => ends.stop());
  beforeEach(() => {
    ends.host.logged.length = 0;
  });

  it('goes over to T.38, arrives pixel by pixel, and the audio comes back', async () => {
    const { sender, receiver, events } = await ends.call();
    const receiving = await receiver.caller.receiveFax({ document: 'in', options: { LocalIdent: '+370 2' } });
    const sending = await sender.caller.sendFax({ document: 'chart', options: { LocalIdent: '+370 1' } });
    const settings = await sending.negotiated(never());
    expect(settings).toMatchObject({ standard: 'T.38', bitRate: 14_400, ecm: true, remoteIdent: '+370 2' });
    const [sent, received] = await Promise.all([sending.result, receiving.result]);
    expect(sent).toMatchObject({ outcome: 'sent', cause: 'NORMAL', standard: 'T.38', pages: 2, firstUnsentPage: null });
    expect(received).toMatchObject({ outcome: 'received', pages: 2, negotiated: { remoteIdent: '+370 1' } });
    const file = ends.other.faxDocuments.get(received.document)?.path ?? '';
    expect(pixelsOf(file)).toEqual(pixelsOf(join(ends.host.folder, 'chart.tif')));
    const told = events.map(({ name }) => name).filter((name) => name.startsWith('fax.') && name !== 'fax.signal');
    expect(told).toEqual(['fax.started', 'fax.negotiated', 'fax.page-sent', 'fax.page-sent', 'fax.ended']);
    // The audio is back: a key gets through.
    const played = await sender.caller.play([{ play: '700-200' }], { bargeIn: false, loop: 1 }, never());
    expect(played.reason).toBe('end');
    await sender.caller.sendDigits('5', { durationMs: 100, gapMs: 50 }, never());
    expect(await receiver.caller.digits.take(2000, never())).toBe('5');
    await sender.hangUp('normal');
    expect(ends.host.logged).toEqual([]);
  }, 90_000);

  it('stays in the audio when the receiver refuses T.38', async () => {
    const { sender, receiver } = await ends.call();
    const receiving = await receiver.caller.receiveFax({ document: 'in', options: { T38: 'NO' } });
    const sending = await sender.caller.sendFax({ document: 'chart', options: { LastPage: 1 } });
    const [sent, received] = await Promise.all([sending.result, receiving.result]);
    expect(sent).toMatchObject({ outcome: 'sent', standard: 'T.30', pages: 1, totalPages: 1 });
    expect(received).toMatchObject({ outcome: 'received', standard: 'T.30', pages: 1 });
    const file = ends.other.faxDocuments.get(received.document)?.path ?? '';
    expect(pixelsOf(file)).toEqual(pixelsOf(join(ends.host.folder, 'chart.tif')).slice(0, 1));
    await sender.hangUp('normal');
  }, 90_000);

  it('that is cut off is told to be over before its leg is, however long its document takes to be kept', async () => {
    const { sender, receiver } = await ends.call();
    ends.other.keepsFaxesWithinMs = 300;
    try {
      const told: string[] = [];
      const over = new Promise<void>((resolve) => {
        receiver.subscribe(({ name }) => {
          if (name === 'fax.ended' || name === 'leg.ended') told.push(name);
          if (name === 'call.channel-ended') resolve();
        });
      });
      const receiving = await receiver.caller.receiveFax({ document: 'in', options: {} });
      const sending = await sender.caller.sendFax({ document: 'chart', options: {} });
      await sending.nextPage(never());
      await sender.hangUp('normal');
      await over;
      expect(told).toEqual(['fax.ended', 'leg.ended']);
      expect(await receiving.result).toMatchObject({ outcome: 'partly-received', pages: 1 });
    } finally {
      ends.other.keepsFaxesWithinMs = 0;
    }
  }, 90_000);

  it('without T.38 is given up when it must have it', async () => {
    const { sender, receiver } = await ends.call();
    const sending = await sender.caller.sendFax({ document: 'chart', options: { T38: 'ONLY' } });
    expect(await sending.result).toMatchObject({ outcome: 'negotiation-failed', cause: 'STANDARDMISMATCH' });
    await receiver.hangUp('normal');
  }, 20_000);

  it('is known by its call tone and by its wish for T.38', async () => {
    const { sender, receiver } = await ends.call();
    const tone = receiver.caller.detectFax(['cng'], never());
    const sending = await sender.caller.sendFax({ document: 'chart', options: {} });
    expect(await tone).toBe('cng');
    expect(await receiver.caller.detectFax(['t38'], never())).toBe('t38');
    const receiving = await receiver.caller.receiveFax({ document: 'in', options: {} });
    expect((await receiving.result).outcome).toBe('received');
    expect((await sending.result).standard).toBe('T.38');
    await sender.hangUp('normal');
  }, 90_000);
});
