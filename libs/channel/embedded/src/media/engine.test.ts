import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseRtcp, readWav } from '@callwright/media';
import { heardIn, voice } from '@callwright/media/testing';
import { EngineHarness, eventsOf } from './testing/engine-harness.js';
import { isSilent, RtpPhone } from './testing/rtp-phone.js';
import { passed, settled, until } from './testing/wait.js';

const speech = voice(8000 * 3, 42);

describe.each([
  { name: 'raw file descriptors', transport: 'auto', rtpPortMin: 24_000 },
  { name: 'dgram', transport: 'dgram', rtpPortMin: 24_200 },
] as const)('MediaEngine on $name', ({ transport, rtpPortMin }) => {
  let engine: EngineHarness;
  beforeAll(async () => {
    engine = await EngineHarness.start({ transport, rtpPortMin });
  });
  afterEach(() => engine.clear());
  afterAll(() => engine.stop());

  it.each(['PCMU', 'PCMA'] as const)(
    'plays to a %s phone without a gap, every 20 ms, and says when it ends',
    async (codec) => {
      const call = await engine.leg('play', { codec });
      const parts = [
        { key: 'a', pcm: speech.subarray(0, 12_345) },
        { key: 'b', pcm: speech.subarray(12_345) },
      ];
      call.session.play({ id: 1, audio: parts, loop: 1, bargeIn: false });
      await until('the end', () => eventsOf(call, 'play-ended').length === 1);
      expect(eventsOf(call, 'play-ended')[0]).toEqual({ type: 'play-ended', id: 1, reason: 'end', playedMs: 3000 });
      expect(heardIn(call.phone.heard(), speech).likeness).toBeGreaterThan(0.85);
      const packets = call.phone.received.map(({ packet }) => packet);
      packets.slice(1).forEach((packet, n) => {
        expect(packet.sequence).toBe((packets[n]!.sequence + 1) & 0xffff);
        // A machine that was held up leaves frames out, and says so by the marker.
        if (!packet.marker) expect(packet.timestamp).toBe((packets[n]!.timestamp + 160) >>> 0);
        expect(packet.ssrc).toBe(packets[0]!.ssrc);
      });
    },
  );
  it('hears keys as events and stops a prompt at the first packet of one', async () => {
    const call = await engine.leg('keys');
    call.session.play({ id: 1, audio: [{ key: 'long', pcm: speech }], loop: 0, bargeIn: true });
    await passed(200);
    call.phone.press('1', 400);
    await until('barge-in', () => eventsOf(call, 'play-ended').length === 1);
    expect(eventsOf(call, 'play-ended')[0]).toMatchObject({ reason: 'barge-in' });
    expect(eventsOf(call, 'digit')).toEqual([]);
    await until('the key', () => eventsOf(call, 'digit').length === 1);
    call.phone.press('23*#A');
    await until('the others', () => eventsOf(call, 'digit').length === 6);
    expect(eventsOf(call, 'digit').map(({ digit, method }) => digit + method)).toEqual(
      [...'123*#A'].map((digit) => `${digit}rfc4733`),
    );
  });
  it('sends keys as events with three ends, or as tones', async () => {
    const call = await engine.leg('send');
    call.session.sendDigits({ id: 3, digits: '1 2#', durationMs: 100, gapMs: 80 });
    await until('all sent', () => eventsOf(call, 'digits-sent').length === 1);
    const ends = call.phone.events().filter(({ end }) => end);
    expect(ends.map(({ event }) => event)).toEqual([1, 1, 1, 2, 2, 2, 11, 11, 11]);
    expect(ends.every(({ duration }) => duration === 800)).toBe(true);

    const other = await engine.leg('send-tones', { telephoneEvent: null });
    const listener = await engine.leg('listen', { telephoneEvent: null });
    other.session.sendDigits({ id: 4, digits: '90', durationMs: 100, gapMs: 100 });
    await until('all sent', () => eventsOf(other, 'digits-sent').length === 1);
    await passed(100);
    listener.phone.say(other.phone.heard());
    await until('they are keys', () => eventsOf(listener, 'digit').length === 2);
    expect(
      eventsOf(listener, 'digit')
        .map(({ digit }) => digit)
        .join(''),
    ).toBe('90');
  });
  it('lets two legs of a call hear each other, whatever their codecs, and passes keys on', async () => {
    const a = await engine.leg('bridge', { codec: 'PCMU' });
    const b = await engine.leg('bridge', { codec: 'PCMA' });
    a.session.bridge(b.session);
    await passed(100);
    const other = voice(16_000, 77);
    a.phone.say(speech.subarray(0, 16_000));
    b.phone.say(other);
    await passed(2300);
    expect(heardIn(b.phone.heard(), speech.subarray(0, 16_000)).likeness).toBeGreaterThan(0.85);
    expect(heardIn(a.phone.heard(), other).likeness).toBeGreaterThan(0.85);
    a.phone.press('8');
    await until('the key on the other side', () => b.phone.events().filter(({ end }) => end).length === 3);
    expect(eventsOf(a, 'digit')).toHaveLength(1);
    expect(eventsOf(b, 'digit')).toHaveLength(0);
    a.session.unbridge();
    await until('silence', () => b.phone.received.slice(-10).every(({ packet }) => isSilent(packet.payload)));
    const before = b.phone.received.length;
    a.phone.say(speech);
    await until('packets', () => b.phone.received.length > before + 15);
    const after = b.phone.received.slice(before);
    expect(after.every(({ packet }) => isSilent(packet.payload))).toBe(true);
  });
  it('sends reports to the port that the SDP names for them', async () => {
    const apart = await RtpPhone.open();
    const call = await engine.leg('rtcp', {}, { remoteRtcpPort: apart.port + 1 });
    await until('a report', () => apart.reports.length > 0);
    expect(call.phone.reports).toEqual([]);
    apart.close();
  });

  it('keys that are sent to a far end on hold are over when they would have been', async () => {
    for (const telephoneEvent of [101, null]) {
      const call = await engine.leg('held', {}, { direction: 'inactive', telephoneEvent });
      call.session.sendDigits({ id: 4, digits: '12', durationMs: 100, gapMs: 100 });
      await until('their end', () => eventsOf(call, 'digits-sent').length === 1);
      expect(call.phone.received).toEqual([]);
    }
  });

  it('sends nothing on hold, and goes on afterwards with the same stream', async () => {
    const call = await engine.leg('hold');
    await until('media', () => call.phone.received.length > 5);
    call.session.configure(call.phone.parameters({ direction: 'recvonly' }));
    await settled(() => call.phone.received.length);
    const before = call.phone.received.length;
    await passed(300);
    expect(call.phone.received.length).toBe(before);
    call.session.configure(call.phone.parameters());
    await until('media again', () => call.phone.received.length > before);
    const [last, next] = [call.phone.received[before - 1]!.packet, call.phone.received[before]!.packet];
    expect(next.sequence).toBe((last.sequence + 1) & 0xffff);
    expect(next.marker).toBe(true);
    expect((next.timestamp - last.timestamp) >>> 0).toBeGreaterThan(300 * 8);
  });
  it('reports by RTCP, says goodbye, and knows its figures', async () => {
    const call = await engine.leg('rtcp');
    await until('a report', () => call.phone.reports.length > 0);
    expect(parseRtcp(call.phone.reports[0]!)).toMatchObject([
      { type: 'sender-report', blocks: [{ packetsLost: 0 }] },
      { type: 'source-description' },
    ]);
    const stats = await call.session.stats();
    expect(stats).toMatchObject({ packetsLost: 0, lockedTo: `127.0.0.1:${call.phone.port}` });
    expect(stats.packetsReceived).toBeGreaterThan(40);
    call.session.close();
    const crossing = await call.session.stats();
    expect(crossing.packetsReceived).toBeGreaterThanOrEqual(stats.packetsReceived);
    await until('goodbye', () =>
      call.phone.reports.some((bytes) => parseRtcp(bytes).some(({ type }) => type === 'bye')),
    );
    expect((await call.session.stats()).packetsSent).toBeGreaterThan(stats.packetsSent - 1);
  });
  it('tells the end of everything when it is closed', async () => {
    const call = await engine.leg('close');
    const path = engine.file('closed.wav');
    call.session.play({ id: 1, audio: [{ key: 'long', pcm: speech }], loop: 0, bargeIn: true });
    call.session.record({ id: 2, path, both: false, maxMs: 60_000, silenceMs: 0, terminators: '', beep: false });
    call.session.sendDigits({ id: 3, digits: '123456', durationMs: 200, gapMs: 200 });
    await passed(300);
    call.session.close();
    await until('all ends', () =>
      ['play-ended', 'record-ended', 'digits-sent'].every((type) => call.events.some((event) => event.type === type)),
    );
    expect(eventsOf(call, 'record-ended')[0]).toMatchObject({ cause: 'stopped' });
    expect(readWav(await readFile(path)).length / 8).toBe(eventsOf(call, 'record-ended')[0]!.durationMs);
  });
});
