import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  dtmfTones,
  encodeG711,
  FRAME_SAMPLES,
  inspectWav,
  levelOf,
  networkTone,
  readWav,
  WAV_HEADER_BYTES,
} from '@callwright/media';
import { heardIn, sine, voice } from '@callwright/media/testing';
import { pitchMs } from '../testing/pitch.js';
import { EngineHarness, eventsOf, type Leg } from './testing/engine-harness.js';
import { passed, settled, until } from './testing/wait.js';

const speech = voice(8000 * 3, 42);

describe('MediaEngine', () => {
  let engine: EngineHarness;
  beforeAll(async () => {
    engine = await EngineHarness.start({ rtpPortMin: 24_400 });
  });
  afterEach(() => engine.clear());
  afterAll(() => engine.stop());

  it('goes on sending silence when nothing is played', async () => {
    const call = await engine.leg('silence');
    await until('half a second', () => call.phone.received.length > 25);
    expect(levelOf(call.phone.heard())).toBeLessThan(-60);
  });
  it('sends packets as long as the far end asked for', async () => {
    const call = await engine.leg('ptime', {}, { ptimeMs: 40 });
    await until('packets', () => call.phone.received.length > 10);
    const packets = call.phone.received.map(({ packet }) => packet);
    expect(packets.every(({ payload }) => payload.length === 320)).toBe(true);
    expect((packets[5]!.timestamp - packets[4]!.timestamp) >>> 0).toBe(320);
  });

  it.each([10, 30, 60])('sends packets of %d ms, and nothing is lost between them', async (ptimeMs) => {
    const call = await engine.leg(`ptime-${ptimeMs}`, {}, { ptimeMs });
    const { length } = speech;
    call.session.play({ id: 1, audio: [{ key: 'speech', pcm: speech }], loop: 1, bargeIn: false });
    await until('the end', () => eventsOf(call, 'play-ended').length === 1);
    await passed(100);
    const packets = call.phone.received.map(({ packet }) => packet);
    expect(new Set(packets.map(({ payload }) => payload.length))).toEqual(new Set([ptimeMs * 8]));
    const steps = packets.slice(1).map(({ timestamp }, n) => (timestamp - packets[n]!.timestamp) >>> 0);
    // A machine that was held up leaves time out, between packets and not within one.
    const held = steps.filter((step) => step !== ptimeMs * 8);
    expect(held.length).toBeLessThanOrEqual(packets.filter(({ marker }) => marker).length);
    expect(new Set(packets.map(({ sequence }, n) => (sequence - n) & 0xffff)).size).toBe(1);
    expect(heardIn(call.phone.heard(), speech.subarray(0, length - 800)).likeness).toBeGreaterThan(0.98);
  });

  it('hears a far end that changes to the other law without a word', async () => {
    const call = await engine.leg('both-laws');
    const record = { path: engine.file('both-laws.wav'), both: false, maxMs: 60_000, silenceMs: 0, terminators: '' };
    call.session.record({ id: 1, ...record, beep: false });
    call.phone.hush();
    const pcm = sine(500, -10, 8000);
    const start = performance.now();
    for (let n = 0; n + FRAME_SAMPLES <= pcm.length; n += FRAME_SAMPLES) {
      call.phone.sendPacket({ payloadType: 0, payload: encodeG711('PCMU', pcm.subarray(n, n + FRAME_SAMPLES)) });
      await passed(start + (n + FRAME_SAMPLES) / 8 - performance.now());
    }
    call.session.stopRecord(1);
    await until('the recording', () => eventsOf(call, 'record-ended').length === 1);
    const recorded = readWav(await readFile(engine.file('both-laws.wav')));
    expect(heardIn(recorded, pcm.subarray(1600, 6400)).likeness).toBeGreaterThan(0.95);
  });

  it('takes comfort noise for a sign of life', async () => {
    const call = await engine.leg('comfort-noise');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    call.phone.hush();
    for (let n = 0; n < 8; n++) {
      await passed(1000);
      call.phone.sendPacket({ payloadType: 13, payload: Uint8Array.of(70) });
    }
    expect(eventsOf(call, 'media-silent')).toEqual([]);
  });

  it('takes a key for each time that the same recording of it is sent, whatever its numbers', async () => {
    const call = await engine.leg('replayed-keys');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    const press = (event: number, sequence: number, timestamp: number) => {
      for (let n = 0; n < 6; n++) {
        const payload = Uint8Array.of(event, n > 2 ? 0x8a : 0x0a, 0, 160 * Math.min(n + 1, 4) > 255 ? 255 : 160);
        call.phone.sendPacket({ payloadType: 101, ssrc: 235_223_118, sequence: sequence + n, timestamp, payload });
      }
    };
    for (const [event, sequence, timestamp] of [
      [2, 8042, 23_200],
      [1, 7984, 13_280],
      [1, 7984, 13_280],
      [9, 8293, 67_840],
    ] as const) {
      press(event, sequence, timestamp);
      // The same again at once is what a network doubles.
      press(event, sequence, timestamp);
      await passed(700);
    }
    expect(eventsOf(call, 'digit').map(({ digit }) => digit)).toEqual(['2', '1', '1', '9']);
  });

  it('plays a tone for ever and stops it when told', async () => {
    const call = await engine.leg('tone');
    const { pcm, endless } = networkTone('dial');
    call.session.play({
      id: 7,
      audio: [{ key: 'dial', pcm: pcm.subarray(0, 400), endless }],
      loop: 1,
      bargeIn: false,
    });
    await passed(600);
    expect(eventsOf(call, 'play-ended')).toEqual([]);
    call.session.stopPlay(7);
    await until('the end', () => eventsOf(call, 'play-ended').length === 1);
    expect(eventsOf(call, 'play-ended')[0]).toMatchObject({ reason: 'stopped' });
    expect(eventsOf(call, 'play-ended')[0]!.playedMs).toBeGreaterThan(400);
  });
  it('a second prompt replaces the first, and loops count', async () => {
    const call = await engine.leg('replace');
    call.session.play({ id: 1, audio: [{ key: 'long', pcm: speech }], loop: 0, bargeIn: false });
    await passed(100);
    call.session.play({ id: 2, audio: [{ key: 'short', pcm: speech.subarray(0, 1600) }], loop: 2, bargeIn: false });
    await until('both ends', () => eventsOf(call, 'play-ended').length === 2);
    expect(eventsOf(call, 'play-ended').map(({ id, reason }) => [id, reason])).toEqual([
      [1, 'stopped'],
      [2, 'end'],
    ]);
    expect(eventsOf(call, 'play-ended')[1]!.playedMs).toBe(400);
  });
  it('lets a supervisor hear both directions, apart, and nothing after that', async () => {
    const call = await engine.leg('overheard');
    call.session.overhear(true);
    call.session.play({ id: 1, audio: [{ key: 'overheard', pcm: sine(1000, -10, 8000) }], loop: 0, bargeIn: false });
    call.phone.say(speech);
    await until('a second of it', () => eventsOf(call, 'overheard').length > 10);
    const stereo = eventsOf(call, 'overheard').flatMap((event) => [...event.stereo]);
    const [farEnd, ours] = [0, 1].map((side) => Int16Array.from(stereo.filter((_, n) => n % 2 === side))) as [
      Int16Array,
      Int16Array,
    ];
    expect(heardIn(farEnd, speech.subarray(0, 4000)).likeness).toBeGreaterThan(0.95);
    expect(heardIn(ours, sine(1000, -10, 4000)).likeness).toBeGreaterThan(0.95);
    expect(heardIn(farEnd, sine(1000, -10, 4000)).likeness).toBeLessThan(0.5);
    call.session.overhear(false);
    // What was under way comes; then nothing does.
    await settled(() => eventsOf(call, 'overheard').length);
    const before = eventsOf(call, 'overheard').length;
    await passed(300);
    expect(eventsOf(call, 'overheard').length).toBe(before);
  });
  it('hears keys in the audio of a phone that sends no events, and only there', async () => {
    const call = await engine.leg('in-band', { telephoneEvent: null });
    const keys = dtmfTones({ digits: '159*0#D', durationMs: 60, gapMs: 60 });
    call.phone.say(keys);
    await until('the keys', () => eventsOf(call, 'digit').length === 7);
    expect(
      eventsOf(call, 'digit')
        .map(({ digit }) => digit)
        .join(''),
    ).toBe('159*0#D');
    expect(eventsOf(call, 'digit')[0]!.method).toBe('in-band');

    const both = await engine.leg('both-ways');
    both.phone.press('5');
    await until('the event', () => eventsOf(both, 'digit').length === 1);
    both.phone.say(keys);
    await passed(1200);
    expect(eventsOf(both, 'digit')).toHaveLength(1);
  });
  it('records what the far end says', async () => {
    const call = await engine.leg('record');
    const path = engine.file('said.wav');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    call.session.record({ id: 9, path, both: false, maxMs: 60_000, silenceMs: 500, terminators: '#', beep: false });
    call.phone.say(speech.subarray(0, 16_000));
    await until('silence', () => eventsOf(call, 'record-ended').length === 1);
    const ended = eventsOf(call, 'record-ended')[0]!;
    expect(ended).toMatchObject({ id: 9, cause: 'silence', audioDetected: true });
    const bytes = await readFile(path);
    expect(bytes.length).toBe(ended.bytes);
    expect(readWav(bytes).length / 8).toBe(ended.durationMs);
    expect(heardIn(readWav(bytes), speech.subarray(0, 16_000)).likeness).toBeGreaterThan(0.85);
  });
  it('ends a recording at its limit, to the frame', async () => {
    const call = await engine.leg('limit');
    const path = engine.file('limit.wav');
    call.session.record({ id: 1, path, both: false, maxMs: 500, silenceMs: 0, terminators: '', beep: true });
    await until('the end', () => eventsOf(call, 'record-ended').length === 1);
    expect(eventsOf(call, 'record-ended')[0]).toMatchObject({ cause: 'max', durationMs: 500, audioDetected: false });
    expect(levelOf(call.phone.heard())).toBeGreaterThan(-30);
  });
  it('ends a recording at a key, whose tone is not in the file', async () => {
    const call = await engine.leg('terminator', { telephoneEvent: null });
    const path = engine.file('key.wav');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    call.session.record({ id: 1, path, both: false, maxMs: 60_000, silenceMs: 0, terminators: '#', beep: false });
    call.phone.say(
      Int16Array.from([...sine(440, -30, 8000), ...dtmfTones({ digits: '#', durationMs: 200, gapMs: 0 })]),
    );
    await until('the end', () => eventsOf(call, 'record-ended').length === 1);
    expect(eventsOf(call, 'record-ended')[0]).toMatchObject({ cause: 'terminator' });
    const pcm = readWav(await readFile(path));
    for (let at = 0; at + 160 <= pcm.length; at += 160) expect(levelOf(pcm.subarray(at, at + 160))).toBeLessThan(-25);
  });
  it.each([false, true])('records both directions (stereo: %s)', async (stereo) => {
    const call = await engine.leg('both');
    const path = engine.file(`both-${stereo}.wav`);
    const request = { maxMs: 60_000, silenceMs: 0, terminators: '', beep: false };
    call.session.record({ id: 1, path, both: true, stereo, ...request });
    call.session.play({ id: 2, audio: [{ key: 'high', pcm: sine(1000, -15, 8000 * 2) }], loop: 1, bargeIn: false });
    call.phone.say(sine(500, -15, 8000 * 2));
    await until('the end of the prompt', () => eventsOf(call, 'play-ended').length === 1);
    call.session.stopRecord(1);
    await until('the end', () => eventsOf(call, 'record-ended').length === 1);
    const file = await readFile(path);
    const { format, durationMs } = inspectWav(file);
    expect(format).toMatchObject({ channels: stereo ? 2 : 1, bits: 16, sampleRate: 8000 });
    expect(durationMs).toBe(eventsOf(call, 'record-ended')[0]!.durationMs);
    const samples = new Int16Array(
      file.buffer.slice(file.byteOffset + WAV_HEADER_BYTES, file.byteOffset + file.length),
    );
    const strongest = (pcm: Int16Array) => [500, 1000].filter((hertz) => pitchMs(pcm, hertz) > 1000);
    if (!stereo) return expect(strongest(samples)).toEqual([500, 1000]);
    // The caller on the left, what it heard on the right, and neither in the other.
    expect(strongest(samples.filter((_, n) => n % 2 === 0))).toEqual([500]);
    expect(strongest(samples.filter((_, n) => n % 2 === 1))).toEqual([1000]);
  });
  it('records a message and the whole conversation side by side', async () => {
    const call = await engine.leg('two');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    const request = { maxMs: 60_000, silenceMs: 0, terminators: '', beep: false };
    call.session.record({ ...request, id: 1, path: engine.file('conversation.wav'), both: true });
    await passed(300);
    call.session.record({ ...request, id: 2, path: engine.file('message.wav'), both: false, maxMs: 400, beep: true });
    await until('the message', () => eventsOf(call, 'record-ended').length === 1);
    call.session.stopRecord(1);
    await until('the conversation', () => eventsOf(call, 'record-ended').length === 2);
    const [message, conversation] = eventsOf(call, 'record-ended');
    expect(message).toMatchObject({ id: 2, cause: 'max', durationMs: 400, audioDetected: false });
    expect(conversation).toMatchObject({ id: 1, cause: 'stopped' });
    expect(conversation!.durationMs).toBeGreaterThan(1000);
    // The beep was heard on the line.
    expect(levelOf(readWav(await readFile(engine.file('conversation.wav'))))).toBeGreaterThan(-30);
  });

  it('says when a recording cannot be written', async () => {
    const call = await engine.leg('no-disk');
    call.session.record({
      id: 5,
      path: engine.file('no/such/folder.wav'),
      both: false,
      maxMs: 1000,
      silenceMs: 0,
      terminators: '',
      beep: false,
    });
    await until('the end', () => eventsOf(call, 'record-ended').length === 1);
    expect(eventsOf(call, 'record-ended')[0]).toMatchObject({
      id: 5,
      cause: 'failed',
      message: expect.stringContaining('ENOENT') as string,
    });
  });
  it('refuses to bridge legs of different calls', async () => {
    const a = await engine.leg('one');
    const b = await engine.leg('two');
    expect(() => a.session.bridge(b.session)).toThrow(
      expect.objectContaining({ code: 'media.not-one-worker' }) as Error,
    );
  });
  it('mixes a conference whose members live on several workers', async () => {
    const members = await Promise.all(['ann', 'ben', 'eve'].map((name) => engine.leg(`conference-${name}`)));
    const [ann, ben, eve] = members as [Leg, Leg, Leg];
    ann.session.join('room', { talk: true, listen: true });
    ben.session.join('room', { talk: true, listen: true });
    eve.session.join('room', { talk: false, listen: true });
    await passed(150);
    const other = voice(16_000, 5);
    ann.phone.say(speech.subarray(0, 16_000));
    ben.phone.say(other);
    eve.phone.say(sine(440, -10, 16_000));
    await passed(2300);
    await until('ann heard ben', () => heardIn(ann.phone.heard(), other).likeness > 0.85);
    expect(heardIn(ben.phone.heard(), speech.subarray(0, 16_000)).likeness).toBeGreaterThan(0.85);
    expect(heardIn(eve.phone.heard(), other).likeness).toBeGreaterThan(0.4);
    expect(heardIn(ann.phone.heard(), sine(440, -10, 8000)).likeness).toBeLessThan(0.4);

    const chime = sine(1000, -20, 4000);
    const [byAnn, byBen, byEve] = members.map(({ phone }) => phone.heard().length);
    ann.session.playToRoom('room', [{ key: 'chime', pcm: chime }]);
    await until('the chime', () => heardIn(ben.phone.heard().subarray(byBen), chime).likeness > 0.85);
    await until('the chime', () => heardIn(eve.phone.heard().subarray(byEve), chime).likeness > 0.85);
    expect(levelOf(ann.phone.heard().subarray(byAnn))).toBeLessThan(-60);

    eve.session.setTalk(true);
    ben.session.leave();
    await until('ben hears nothing', () => levelOf(ben.phone.heard().subarray(-1600)) < -60);
    const silentFrom = ben.phone.heard().length;
    const from = ann.phone.heard().length;
    eve.phone.say(sine(440, -10, 8000));
    await until('eve', () => heardIn(ann.phone.heard().subarray(from), sine(440, -10, 4000)).likeness > 0.85);
    expect(levelOf(ben.phone.heard().subarray(silentFrom))).toBeLessThan(-60);
  });
  it('tells when nothing comes any more', async () => {
    const call = await engine.leg('mute');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    call.phone.hush();
    await until('both warnings', () => eventsOf(call, 'media-silent').length === 2, 8000);
    const [first, last] = eventsOf(call, 'media-silent');
    expect([first!.ms, last!.ms]).toEqual([5000, 5500]);
  });
});
