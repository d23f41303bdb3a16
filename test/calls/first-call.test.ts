import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontDesk } from '../fixtures/scenarios.js';
import type { Api, LiveView } from '../support/api.js';
import { bestSecond, likeness, samplesOf, speech, wavOf } from '../support/audio.js';
import { BaresipPhone } from '../support/baresip.js';
import type { Call, CallEvent } from '../support/contract.js';
import { eventually, pause } from '../support/eventually.js';
import { Product } from '../support/product.js';

/*
 * The main job with nothing but the contract: a scenario is stored, published and bound to 1000; a phone calls it, hears the
 * prompt, presses 2 and is connected to a second phone; the socket shows it; path and recording are found afterwards.
 */
const PROMPT = speech(2.5, 1);
const ALICE_SAYS = speech(20, 2);
const BOB_SAYS = speech(20, 3);

let product: Product;
let api: Api;
let live: LiveView;
let alice: BaresipPhone;
let bob: BaresipPhone;

beforeAll(async () => {
  product = await Product.start();
  api = await product.admin();
  live = await api.live();
  await api.upload('welcome', wavOf(PROMPT));
  await api.deploy(frontDesk('welcome'), '1000');
  await api.addPhone('alice', 'alice-secret');
  await api.addPhone('bob', 'bob-secret');
  const server = product.sipAddress;
  bob = await BaresipPhone.start({ username: 'bob', password: 'bob-secret', server, says: BOB_SAYS, answers: true });
  alice = await BaresipPhone.start({ username: 'alice', password: 'alice-secret', server, says: ALICE_SAYS });
});

afterAll(async () => {
  live?.close();
  await Promise.all([alice?.stop(), bob?.stop()]);
  await product?.stop();
});

describe('the first call', () => {
  let call: Call;
  let events: readonly CallEvent[];

  beforeAll(async () => {
    await alice.call('1000');
    const { callId } = await live.saw('prompt.ended', { node: 'menu' }, 15_000);
    await alice.press('2');
    await live.saw('node.entered', { node: 'talk' });
    await bob.saw('CALL_ESTABLISHED');
    const [running] = await api.liveCalls();
    expect(running).toMatchObject({ id: callId, node: 'talk', state: 'answered' });
    await pause(4_000);
    alice.hangUp();
    await bob.saw('CALL_CLOSED');
    await live.saw('run.ended');
    call = await api.ended(callId);
    events = await api.events(callId);
  });

  it('lets the caller hear the prompt', async () => {
    expect(likeness(await heardBy(alice), PROMPT)).toBeGreaterThan(0.9);
  });

  it('notes the digit that was pressed', () => {
    expect(events).toContainEqual(
      expect.objectContaining({ name: 'digit.received', leg: 'caller', digit: '2', method: 'rfc4733' }),
    );
  });

  it('lets both hear each other, and each not itself', async () => {
    const [atAlice, atBob] = [await heardBy(alice), await heardBy(bob)];
    const spoken = (said: Int16Array) => said.subarray(8_000, 3 * 8_000);
    expect(bestSecond(atBob, ALICE_SAYS)).toBeGreaterThan(0.9);
    expect(bestSecond(atAlice, BOB_SAYS)).toBeGreaterThan(0.9);
    expect(likeness(atAlice, spoken(ALICE_SAYS))).toBeLessThan(0.5);
    expect(likeness(atBob, spoken(BOB_SAYS))).toBeLessThan(0.5);
  });

  it('shows every step on the socket, in the order of the log', () => {
    const shown = live.events.filter((event) => event.callId === call.id);
    expect(shown.map((event) => event.seq)).toEqual(events.map((event) => event.seq));
    expect(events.map((event) => event.seq)).toEqual(events.map((_, n) => n + 1));
    expect(events[0]).toMatchObject({ name: 'call.started', direction: 'inbound', from: 'alice', to: '1000' });
    expect(events.at(-1)).toMatchObject({ name: 'run.ended' });
  });

  it('keeps the path, the cause and who ended it', () => {
    expect(call.path).toEqual(['answer', 'menu', 'ring_agent', 'talk', 'after_call']);
    expect(call).toMatchObject({ from: 'alice', to: '1000', state: 'ended', cause: 'normal' });
    expect(events).toContainEqual(expect.objectContaining({ name: 'call.ended', endedBy: 'caller' }));
    expect(events).toContainEqual(expect.objectContaining({ name: 'log.written', message: 'pressed 2' }));
  });

  it('keeps a recording in which both are heard', async () => {
    expect(call.recordings).toHaveLength(1);
    const recording = call.recordings[0]!;
    expect(recording.durationMs).toBeGreaterThan(3_000);
    const reply = await api.raw('GET', `/calls/${call.id}/recordings/${recording.name}`);
    expect(reply.headers.get('content-type')).toMatch(/^audio\//);
    const sound = samplesOf(new Uint8Array(await reply.arrayBuffer()));
    expect(bestSecond(sound, ALICE_SAYS)).toBeGreaterThan(0.5);
    expect(bestSecond(sound, BOB_SAYS)).toBeGreaterThan(0.5);
  });

  it('leaves nothing behind', async () => {
    expect(await api.liveCalls()).toEqual([]);
  });
});

/** The file is closed a moment after the call. */
const heardBy = (phone: BaresipPhone) =>
  eventually(`something was heard by ${phone.options.username}`, () => {
    const heard = phone.heard();
    return heard.length > 8_000 ? heard : null;
  });
