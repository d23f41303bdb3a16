import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readWav } from '@callwright/media';
import { heardIn, randomness, voice } from '@callwright/media/testing';
import { HeldUp } from '../testing/held-up.js';
import { createMediaEngine } from './engine.js';
import type { MediaEvent } from './port.js';
import { EngineHarness, eventsOf } from './testing/engine-harness.js';
import { passed, until } from './testing/wait.js';

describe('MediaEngine on a bad network (C6)', () => {
  const heldUp = new HeldUp();
  let engine: EngineHarness;
  beforeAll(async () => {
    engine = await EngineHarness.start({ rtpPortMin: 25_000 });
  });
  afterEach(() => engine.clear());
  afterAll(() => engine.stop());

  const badNetwork = (seed: number) => {
    const random = randomness(seed);
    return { lossOut: () => random() < 0.05, delayOut: () => random() * 60 };
  };

  it('keeps the length of a recording, and its words, at 5 % loss and 60 ms of jitter', async () => {
    const call = await engine.leg('lossy', badNetwork(1));
    const speech = voice(8000 * 8, 21);
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    await passed(300);
    const path = engine.file('lossy.wav');
    call.session.record({ id: 1, path, both: false, maxMs: 60_000, silenceMs: 0, terminators: '', beep: false });
    const start = performance.now();
    call.phone.say(speech);
    await passed(8500);
    const elapsed = performance.now() - start;
    call.session.stopRecord(1);
    await until('the end', () => eventsOf(call, 'record-ended').length === 1);
    const pcm = readWav(await readFile(path));
    // What a message to the worker and its turn take, on a machine that has more to do.
    expect(Math.abs(pcm.length / 8 - elapsed)).toBeLessThan(400);
    expect(heardIn(pcm, speech).likeness).toBeGreaterThan(0.75);
  });

  it('stops a prompt within 300 ms of a key, and tells no key twice', async () => {
    const speech = voice(8000 * 10, 5);
    const calls = await Promise.all(Array.from({ length: 8 }, (_, n) => engine.leg(`barge ${n}`, badNetwork(n))));
    await passed(400);
    heldUp.start();
    const start = performance.now();
    for (const [n, call] of calls.entries()) {
      call.session.play({ id: 1, audio: [{ key: 'long', pcm: speech }], loop: 0, bargeIn: true });
      call.phone.press(String(n).repeat(3), 100, 100);
    }
    await until('all prompts are stopped', () => calls.every((call) => eventsOf(call, 'play-ended').length === 1));
    // The first key is under way for up to 60 ms, and the start of the prompt has its way to the worker.
    expect(performance.now() - start).toBeLessThan(600 + heldUp.worstMs);
    heldUp.stop();
    await passed(1200);
    for (const [n, call] of calls.entries()) {
      expect(
        eventsOf(call, 'digit')
          .map(({ digit }) => digit)
          .join(''),
      ).toBe(String(n).repeat(3));
    }
  });

  it('passes over ports that another process holds', async () => {
    const taken = createSocket('udp4');
    const free = engine.engine.load.freePorts;
    // The pool goes round: whichever pair is next, the odd port of one of the following is held.
    const first = await engine.leg('first');
    taken.bind(first.session.localPort + 3, '127.0.0.1');
    await once(taken, 'listening');
    const second = await engine.leg('second');
    taken.close();
    expect(second.session.localPort).toBe(first.session.localPort + 4);
    expect(engine.engine.load.freePorts).toBe(free - 2);
  });

  it('passes over as many of them as there are before one that is free', async () => {
    const [min, max] = [25_600, 25_779];
    const held = [];
    for (let port = min; port < max - 2; port += 2) {
      const socket = createSocket('udp4');
      held.push(socket);
      const bound = new Promise<void>((resolve) => {
        socket.once('listening', resolve);
        // Somebody else has it already, which is as good.
        socket.once('error', () => resolve());
      });
      socket.bind(port, '127.0.0.1');
      await bound;
    }
    const crowded = createMediaEngine({ rtpPortMin: min, rtpPortMax: max, workers: 1 });
    await crowded.start();
    const session = await crowded.open({ callId: 'a', address: '127.0.0.1' });
    expect(session.localPort).toBe(max - 1);
    await crowded.stop();
    for (const socket of held) socket.close();
  });

  it('says when there are no ports left', async () => {
    const small = createMediaEngine({ rtpPortMin: 25_900, rtpPortMax: 25_903, workers: 1 });
    await small.start();
    await Promise.all([
      small.open({ callId: 'a', address: '127.0.0.1' }),
      small.open({ callId: 'b', address: '127.0.0.1' }),
    ]);
    await expect(small.open({ callId: 'c', address: '127.0.0.1' })).rejects.toMatchObject({
      code: 'media.no-ports',
      kind: 'resource',
    });
    expect(small.load).toMatchObject({ sessions: 2, freePorts: 0 });
    await small.stop();
    expect(small.load).toMatchObject({ sessions: 0, freePorts: 2 });
  });

  it('says when the address is none of ours, and keeps its ports', async () => {
    const free = engine.engine.load.freePorts;
    await expect(engine.engine.open({ callId: 'elsewhere', address: '192.0.2.1' })).rejects.toMatchObject({
      code: 'media.bind-failed',
    });
    expect(engine.engine.load).toMatchObject({ sessions: 0, freePorts: free });
  });

  it('a command that cannot be carried out ends that leg alone', async () => {
    const call = await engine.leg('broken');
    const other = await engine.leg('broken');
    await until('media', () => eventsOf(call, 'media-started').length === 1);
    call.session.play({ id: 1, audio: [{ key: 'x', pcm: voice(8000) }], loop: 0, bargeIn: false });
    call.session.configure({ ...call.phone.parameters(), codec: 'G729' as 'PCMA' });
    await until('it is told', () => eventsOf(call, 'media-failed').length === 1);
    expect(eventsOf(call, 'play-ended')).toHaveLength(1);
    expect(engine.takeErrors()).toHaveLength(1);
    const before = other.phone.received.length;
    await until('the other goes on', () => other.phone.received.length > before + 10);
  });
});

describe('MediaEngine whose worker dies', () => {
  it('tells every session, ends what was under way, and starts another worker', async () => {
    const errors: string[] = [];
    const silent = () => undefined;
    const engine = createMediaEngine({
      rtpPortMin: 25_300,
      rtpPortMax: 25_399,
      workers: 1,
      workerEntry: new URL('./testing/mortal-worker.mjs', import.meta.url),
      logger: { info: silent, warn: silent, error: (message) => errors.push(message) },
    });
    await engine.start();
    const session = await engine.open({ callId: 'a', address: '127.0.0.1' });
    const other = await engine.open({ callId: 'b', address: '127.0.0.1' });
    const told: MediaEvent[] = [];
    const otherTold: MediaEvent[] = [];
    session.subscribe((event) => told.push(event));
    other.subscribe((event) => otherTold.push(event));
    session.play({ id: 1, audio: [], loop: 0, bargeIn: false });
    session.record({ id: 2, path: '/nowhere', both: false, maxMs: 1, silenceMs: 0, terminators: '', beep: false });
    session.sendDigits({ id: 3, digits: '1', durationMs: 100, gapMs: 100 });
    await until('it is told', () => told.some(({ type }) => type === 'media-failed'));
    expect(told.map(({ type }) => type)).toEqual(['play-ended', 'record-ended', 'digits-sent', 'media-failed']);
    expect(told[1]).toMatchObject({ id: 2, cause: 'failed' });
    expect(otherTold.map(({ type }) => type)).toEqual(['media-failed']);
    expect(errors).toEqual(['A media worker died']);
    expect(engine.load).toMatchObject({ sessions: 0, freePorts: 50 });
    session.close();
    expect(await session.stats()).toMatchObject({ packetsSent: 0 });
    let next: unknown = null;
    await until('a new worker', () => {
      void engine.open({ callId: 'a', address: '127.0.0.1' }).then(
        (opened) => (next ??= opened),
        () => undefined,
      );
      return next !== null;
    });
    await engine.stop();
  });
});
