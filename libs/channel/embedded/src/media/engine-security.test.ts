import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildRtp, levelOf, RTP_HEADER_BYTES, writeRtpHeader, writeTelephoneEvent } from '@callwright/media';
import { heardIn, randomness, sine, voice } from '@callwright/media/testing';
import { EngineHarness, eventsOf } from './testing/engine-harness.js';
import { RtpPhone } from './testing/rtp-phone.js';
import { passed, until } from './testing/wait.js';

describe.each([
  { name: 'raw file descriptors', transport: 'auto', rtpPortMin: 24_600 },
  { name: 'dgram', transport: 'dgram', rtpPortMin: 24_800 },
] as const)('MediaEngine among strangers, on $name', ({ transport, rtpPortMin }) => {
  let engine: EngineHarness;
  beforeAll(async () => {
    engine = await EngineHarness.start({ transport, rtpPortMin, workers: 1 });
  });
  afterEach(() => engine.clear());
  afterAll(() => engine.stop());

  it('sends a stranger nothing and takes neither keys nor sound from him when the phone speaks from where its SDP says (C1)', async () => {
    const call = await engine.leg('locked');
    const stranger = await RtpPhone.open();
    try {
      await until('media', () => eventsOf(call, 'media-started').length === 1);
      stranger.talkTo(call.session.localPort);
      stranger.say(sine(600, -5, 16_000));
      stranger.press('123456');
      call.session.record({
        id: 1,
        path: engine.file('locked.wav'),
        both: false,
        maxMs: 60_000,
        silenceMs: 0,
        terminators: '#',
        beep: false,
      });
      await passed(1500);
      expect(eventsOf(call, 'digit')).toEqual([]);
      expect(stranger.received).toEqual([]);
      expect((await call.session.stats()).lockedTo).toBe(`127.0.0.1:${call.phone.port}`);
      call.session.stopRecord(1);
      await until('the recording', () => eventsOf(call, 'record-ended').length === 1);
      expect(eventsOf(call, 'record-ended')[0]).toMatchObject({ audioDetected: false });
    } finally {
      stranger.close();
    }
  });

  it('a stranger who was there first gets at most 5 packets, and is not heard (C1)', async () => {
    const call = await engine.leg('first');
    const stranger = await RtpPhone.open();
    try {
      call.phone.hush();
      const late = await RtpPhone.open();
      const named = `127.0.0.1:${late.port}`;
      call.session.configure(late.parameters());
      stranger.press('9');
      stranger.talkTo(call.session.localPort);
      await passed(130);
      late.talkTo(call.session.localPort);
      await passed(800);
      late.close();
      expect(stranger.received.length).toBeLessThanOrEqual(5);
      expect(eventsOf(call, 'digit')).toEqual([]);
      expect((await call.session.stats()).lockedTo).toBe(named);
    } finally {
      stranger.close();
    }
  });

  it('finds a phone behind NAT, and nobody else afterwards (C1)', async () => {
    const call = await engine.leg('nat', {}, { remotePort: 9 });
    await until('its media', () => eventsOf(call, 'media-started').length === 1);
    const stranger = await RtpPhone.open();
    try {
      stranger.talkTo(call.session.localPort);
      stranger.press('7');
      const speech = voice(8000, 3);
      call.session.play({ id: 1, audio: [{ key: 'speech', pcm: speech }], loop: 1, bargeIn: true });
      call.phone.press('4');
      await until('the end', () => eventsOf(call, 'play-ended').length + eventsOf(call, 'digit').length === 2);
      await passed(500);
      expect(eventsOf(call, 'digit').map(({ digit }) => digit)).toEqual(['4']);
      expect(stranger.received).toEqual([]);
      expect(call.phone.received.length).toBeGreaterThan(20);
    } finally {
      stranger.close();
    }
  });

  it('does not learn when it may not', async () => {
    const call = await engine.leg('strict', {}, { remotePort: 9, learn: 'nobody' });
    await passed(600);
    expect(call.events).toEqual([]);
    expect(call.phone.received).toEqual([]);
  });

  it('follows the phone when a re-INVITE moves it', async () => {
    const call = await engine.leg('moved');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    const other = await RtpPhone.open();
    call.session.configure(other.parameters());
    other.talkTo(call.session.localPort);
    await until('media at the new place', () => other.received.length > 20);
    const before = call.phone.received.length;
    other.press('6');
    call.phone.press('3');
    await until('its key', () => eventsOf(call, 'digit').length === 1);
    await passed(300);
    other.close();
    expect(eventsOf(call, 'digit').map(({ digit }) => digit)).toEqual(['6']);
    expect(call.phone.received.length - before).toBeLessThanOrEqual(2);
  });

  it('sends nothing where the policy forbids it (C2)', async () => {
    const call = await engine.leg('forbidden', {}, { loopbackAllowed: false });
    await passed(500);
    expect(call.phone.received).toEqual([]);
    expect(call.phone.reports).toEqual([]);
    expect(eventsOf(call, 'media-started')).toEqual([]);
  });

  it('lives through malformed packets from the phone itself and from strangers, 10,000 a second (C2)', async () => {
    const call = await engine.leg('flood');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    const speech = voice(8000 * 3, 9);
    const before = await call.session.stats();
    call.phone.say(speech);
    call.session.record({
      id: 1,
      path: engine.file('flood.wav'),
      both: false,
      maxMs: 60_000,
      silenceMs: 0,
      terminators: '',
      beep: false,
    });
    call.session.play({ id: 2, audio: [{ key: 'flooded', pcm: speech }], loop: 1, bargeIn: false });
    const stranger = createSocket('udp4');
    stranger.bind(0, '127.0.0.1');
    await once(stranger, 'listening');
    const malformed = malformedPackets();
    const start = performance.now();
    let sent = 0;
    for (let elapsed = 0; elapsed < 3000; elapsed = performance.now() - start) {
      // What the machine held up is not made up for at once: a socket's buffer would lose the phone's own packets.
      for (const end = Math.min(elapsed * 10, sent + 100); sent < end; sent++) {
        const bytes = malformed[sent % malformed.length]!;
        // The control port gets its share; one in four packets is the phone's own.
        if (sent % 4 === 0) call.phone.sendRaw(bytes, call.session.localPort + (sent % 3 === 0 ? 1 : 0));
        else stranger.send(bytes, call.session.localPort + (sent % 3 === 0 ? 1 : 0), '127.0.0.1');
      }
      await passed(4);
    }
    stranger.close();
    await until('the prompt', () => eventsOf(call, 'play-ended').length === 1);
    call.session.stopRecord(1);
    await until('the recording', () => eventsOf(call, 'record-ended').length === 1);
    expect(eventsOf(call, 'digit')).toEqual([]);
    expect(eventsOf(call, 'media-failed')).toEqual([]);
    const after = await call.session.stats();
    expect(after.packetsLost - before.packetsLost).toBeLessThanOrEqual(3);
    expect(heardIn(call.phone.heard(), speech).likeness).toBeGreaterThan(0.85);
    expect(levelOf(call.phone.heard())).toBeGreaterThan(-40);
  });
});

/** Fifteen kinds of what no telephone sends. */
function malformedPackets(): Uint8Array[] {
  const random = randomness(2);
  const bytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const header = { payloadType: 8, marker: false, sequence: 7, timestamp: 1_000_000, ssrc: 0xbad };
  const rtp = (change: Partial<typeof header>, payload = bytes(160)) => buildRtp({ ...header, ...change, payload });
  const withFirst = (first: number, packet = rtp({})) => {
    const changed = packet.slice();
    changed[0] = first;
    return changed;
  };
  const event = (code: number, ssrc: number) => {
    const packet = new Uint8Array(RTP_HEADER_BYTES + 4);
    writeRtpHeader(packet, { ...header, payloadType: 101, ssrc });
    writeTelephoneEvent(packet, RTP_HEADER_BYTES, { event: code, end: true, volume: 0, duration: 1600 });
    return packet;
  };
  return [
    new Uint8Array(0),
    bytes(1),
    bytes(11),
    bytes(1400),
    withFirst(0x00),
    withFirst(0x40),
    withFirst(0xc0),
    withFirst(0x8f, rtp({}, bytes(10))),
    withFirst(0x90, rtp({}, Uint8Array.of(0, 0, 0xff, 0xff))),
    withFirst(0xa0, rtp({}, Uint8Array.of(255))),
    rtp({ payloadType: 127 }),
    rtp({ payloadType: 8, ssrc: 0xbad, sequence: 40_000 }),
    rtp({ payloadType: 8 }, new Uint8Array(0)),
    event(200, 0xbad),
    Uint8Array.of(0x81, 200, 0, 255, ...bytes(24)),
    Uint8Array.of(0x9f, 201, 0, 1, 0, 0, 0, 1),
    Uint8Array.of(0x81, 202, 0, 1, 0, 0, 0, 1),
  ];
}
