import { describe, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import { likeness, loudSeconds, samplesOf, speech, wavOf } from '../support/audio.js';
import { eventually, pause } from '../support/eventually.js';
import { useStage } from '../support/stage.js';

/* What is heard and what is kept: prompts of every kind of part, speech, early media, recordings, conferences. */

const ONE = speech(1.5, 21);
const TWO = speech(1.5, 22);

const stage = useStage(async ({ api }) => {
  await api.upload('one', wavOf(ONE));
  await api.upload('two', wavOf(TWO));
  await api.deploy(
    scenario('parts', {
      answer: node('answer', {}, { answered: 'play' }),
      play: node(
        'play',
        { prompt: [{ play: 'one' }, { silence: 500 }, { play: 'two' }, { tone: 'beep' }] },
        { done: 'bye' },
      ),
      bye: node('hang-up'),
    }),
    '1000',
  );
  await api.deploy(
    scenario('speaks', {
      answer: node('answer', {}, { answered: 'say' }),
      say: node(
        'say',
        { prompt: [{ say: 'Welcome to Callwright. Your number is {{ call.from }}.' }] },
        { done: 'bye' },
      ),
      bye: node('hang-up'),
    }),
    '2000',
  );
  await api.deploy(
    scenario('early', {
      ring: node('ring', { durationMs: 2_500, earlyMedia: true, ringtone: [{ play: 'one' }] }, { done: 'busy' }),
      busy: node('hang-up', { cause: 'busy' }),
    }),
    '3000',
  );
  await api.deploy(
    scenario('answering-machine', {
      answer: node('answer', {}, { answered: 'record' }),
      record: node(
        'record',
        { name: 'message', maxMs: 10_000, silenceMs: 2_000, beep: false },
        { recorded: 'note', 'no-audio': 'none' },
      ),
      note: node('log', { message: 'kept {{ steps.record.cause }}' }, { done: 'bye' }),
      none: node('log', { message: 'nothing was said' }, { done: 'bye' }),
      bye: node('hang-up'),
    }),
    '4000',
  );
  await api.deploy(
    scenario('meeting', {
      answer: node('answer', {}, { answered: 'room' }),
      room: node('conference', { room: 'weekly' }, { left: 'bye', ended: 'bye' }),
      bye: node('hang-up'),
    }),
    '5000',
  );
  const lobby = (id: string, config: object) =>
    scenario(id, {
      answer: node('answer', {}, { answered: 'room' }),
      room: node('conference', { room: 'lobby', ...config }, { left: 'bye', ended: 'ended' }),
      ended: node('log', { message: 'the room ended' }, { done: 'bye' }),
      bye: node('hang-up'),
    });
  await api.deploy(lobby('guest', { startOnEntry: false, waitMusic: [{ play: 'one' }] }), '6000');
  await api.deploy(lobby('host', { endOnExit: true, entry: [{ play: 'two' }] }), '6001');
});

const heardBy = (phone: { heard(): Int16Array }) =>
  eventually('something was heard', () => {
    const heard = phone.heard();
    return heard.length > 0 ? heard : null;
  });

describe('a prompt', () => {
  it('is played part after part, with nothing missing', async () => {
    const phone = await stage.phone('alice');
    await phone.call('1000');
    await phone.saw('CALL_CLOSED', 15_000);
    const heard = await heardBy(phone);
    expect(likeness(heard, ONE)).toBeGreaterThan(0.9);
    expect(likeness(heard, TWO)).toBeGreaterThan(0.9);
  });

  it('reaches a phone that speaks A-law over TCP as well', async () => {
    const phone = await stage.phone('alice', { codec: 'pcma', transport: 'tcp' });
    await phone.call('1000');
    await phone.saw('CALL_CLOSED', 15_000);
    expect(likeness(await heardBy(phone), ONE)).toBeGreaterThan(0.9);
  });

  it('is spoken', async () => {
    const phone = await stage.phone('alice');
    await phone.call('2000');
    await phone.saw('CALL_CLOSED', 20_000);
    expect(loudSeconds(await heardBy(phone))).toBeGreaterThan(1.5);
  });

  it('is heard before the answer as early media', async () => {
    const phone = await stage.phone('alice');
    phone.dial('3000');
    await phone.saw('CALL_PROGRESS');
    await phone.saw('CALL_CLOSED', 15_000);
    expect(phone.events.some((event) => event.type === 'CALL_ESTABLISHED')).toBe(false);
    expect(likeness(await heardBy(phone), ONE)).toBeGreaterThan(0.9);
  });
});

describe('a recording', () => {
  it('holds what the caller said and ends with the silence after it', async () => {
    const said = speech(3, 31);
    const phone = await stage.phone('alice', { says: said });
    await phone.call('4000');
    const { callId } = await stage.live.saw('log.written', { message: 'kept silence' }, 20_000);
    const call = await stage.api.ended(callId);
    expect(call.recordings).toMatchObject([{ name: 'message', node: 'record' }]);
    const reply = await stage.api.raw('GET', `/calls/${callId}/recordings/message`);
    const recorded = samplesOf(new Uint8Array(await reply.arrayBuffer()));
    expect(likeness(recorded, said.subarray(4_000))).toBeGreaterThan(0.85);
    expect(Math.abs(recorded.length / 8 - call.recordings[0]!.durationMs)).toBeLessThan(300);
  });

  it('of somebody who says nothing is no audio', async () => {
    const phone = await stage.phone('alice');
    await phone.call('4000');
    await stage.live.saw('log.written', { message: 'nothing was said' }, 20_000);
  });
});

describe('a conference', () => {
  it('waits with music for its host, announces them, and ends when they leave', async () => {
    const said = speech(20, 44);
    const guest = await stage.phone('guest');
    const host = await stage.phone('host', { says: said });
    await guest.call('6000');
    const plays = (media: string) =>
      stage.live.saw('prompt.started', (event) => JSON.stringify(event['parts']) === JSON.stringify([{ play: media }]));
    const { callId } = await plays('one');
    await pause(2_000);
    await host.call('6001');
    await stage.live.saw('prompt.ended', { callId, reason: 'stopped' });
    expect(await plays('two')).toMatchObject({ callId, node: 'room', leg: 'caller' });
    await stage.live.saw('prompt.ended', { callId, reason: 'end' });
    await pause(3_000);
    host.hangUp();
    await stage.live.saw('log.written', { callId, message: 'the room ended' });
    await guest.saw('CALL_CLOSED');
    const heard = await heardBy(guest);
    expect(likeness(heard, ONE)).toBeGreaterThan(0.9);
    // The host talks over the announcement of their coming.
    expect(likeness(heard, TWO)).toBeGreaterThan(0.5);
    const best = [2, 3, 4].map((second) => likeness(heard, said.subarray(second * 8_000, (second + 1) * 8_000)));
    expect(Math.max(...best)).toBeGreaterThan(0.55);
  });

  it('lets everybody hear the others and nobody themselves', async () => {
    const voices = [speech(20, 41), speech(20, 42), speech(20, 43)];
    const phones = await Promise.all(voices.map((says, n) => stage.phone(`guest${n}`, { says })));
    for (const phone of phones) await phone.call('5000');
    await pause(6_000);
    for (const phone of phones) phone.hangUp();
    await Promise.all(phones.map((phone) => phone.saw('CALL_CLOSED')));
    for (const [at, phone] of phones.entries()) {
      const heard = await heardBy(phone);
      for (const [of, voice] of voices.entries()) {
        const second = (n: number) => likeness(heard, voice.subarray(n * 8_000, (n + 1) * 8_000));
        if (of === at) expect(Math.max(...[3, 4, 5].map(second)), `guest${at} hears itself`).toBeLessThan(0.5);
        // Who came first had begun to speak before the last one was there.
        else
          expect(
            [3, 5, 7, 9].some((n) => second(n) > 0.55),
            `guest${at} hears guest${of}`,
          ).toBe(true);
      }
    }
  });
});
