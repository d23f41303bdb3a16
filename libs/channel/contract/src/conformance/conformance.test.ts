import { describe, expect, it } from 'vitest';
import { inputError } from '@callwright/kernel';
import type { CallChannel, Leg } from '../channel.js';
import { fakeHarness } from '../testing/fake-harness.js';
import { Bench } from './bench.js';
import { describeChannel, RULES, type ChannelHarness, type TestApi } from './index.js';

type Sabotage = (channel: CallChannel, leg: Leg) => { channel?: Partial<CallChannel>; leg?: Partial<Leg> };

/** An object that differs from another in a few members. */
const changed = <T extends object>(whole: T, changes: Partial<T>): T =>
  new Proxy(whole, {
    get(target, name) {
      const value: unknown = Reflect.get(name in changes ? changes : target, name);
      return typeof value === 'function' && !(name in changes) ? (value.bind(target) as unknown) : value;
    },
  });

/** Fake calls that break a promise. */
function sabotaged(sabotage: Sabotage): ChannelHarness {
  const harness = fakeHarness();
  return {
    ...harness,
    async call(options) {
      const { channel, caller } = await harness.call(options);
      const { channel: channelChanges = {}, leg: legChanges = {} } = sabotage(channel, channel.caller);
      const leg = changed(channel.caller, legChanges);
      return { channel: changed(channel, { caller: leg, ...channelChanges }), caller };
    },
  };
}

async function broken(harness: ChannelHarness, id: string): Promise<boolean> {
  const rule = RULES.find((one) => one.id === id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  const bench = new Bench(harness, expect as TestApi['expect']);
  return rule.check(bench).then(
    () => false,
    () => true,
  );
}

describe('the conformance suite', () => {
  it.each<[string, string, Sabotage]>([
    [
      'prompts/abort',
      'does not stop',
      (_, leg) => ({ leg: { play: (prompt, options) => leg.play(prompt, options, new AbortController().signal) } }),
    ],
    [
      'prompts/barge-in',
      'goes on over keys',
      (_, leg) => ({
        leg: { play: (prompt, options, signal) => leg.play(prompt, { ...options, bargeIn: false }, signal) },
      }),
    ],
    [
      'prompts/loop',
      'plays once',
      (_, leg) => ({ leg: { play: (prompt, options, signal) => leg.play(prompt, { ...options, loop: 1 }, signal) } }),
    ],
    [
      'prompts/parts',
      'leaves the silence out',
      (_, leg) => ({
        leg: {
          play: (prompt, options, signal) =>
            leg.play(
              prompt.filter((part) => !('silence' in part)),
              options,
              signal,
            ),
        },
      }),
    ],
    [
      'prompts/not-found',
      'plays what it can',
      (_, leg) => ({ leg: { play: (prompt, options, signal) => leg.play(prompt.slice(0, 1), options, signal) } }),
    ],
    [
      'digits/timeout',
      'waits too long',
      (_, leg) => ({
        leg: { digits: changed(leg.digits, { take: (ms, signal) => leg.digits.take(ms + 500, signal) }) },
      }),
    ],
    [
      'digits/sent',
      'sends one digit less',
      (_, leg) => ({
        leg: { sendDigits: (digits, options, signal) => leg.sendDigits(digits.slice(1), options, signal) },
      }),
    ],
    [
      'recording/terminator',
      'does not know terminators',
      (_, leg) => ({
        leg: { record: (options, signal) => leg.record({ ...options, terminators: [], maxMs: 900 }, signal) },
      }),
    ],
    [
      'recording/silence',
      'waits for more silence',
      (_, leg) => ({ leg: { record: (options, signal) => leg.record({ ...options, silenceMs: 2_000 }, signal) } }),
    ],
    [
      'dialling/no-answer',
      'rings on',
      (channel) => ({ channel: { dial: (options, signal) => channel.dial({ ...options, timeoutMs: 2_000 }, signal) } }),
    ],
    [
      'dialling/policy',
      'calls it anyway',
      (channel) => ({ channel: { dial: (options, signal) => channel.dial({ ...options, to: '+1' }, signal) } }),
    ],
    [
      'dialling/cancel',
      'dials on',
      (channel) => ({ channel: { dial: (options) => channel.dial(options, new AbortController().signal) } }),
    ],
    [
      'bridge/recorded',
      'does not record',
      (channel) => ({
        channel: { bridge: (a, b, _options, signal) => channel.bridge(channel.caller, b, { record: null }, signal) },
      }),
    ],
    [
      'conference/roles',
      'lets everybody talk',
      (_, leg) => ({
        leg: { joinConference: (options, signal) => leg.joinConference({ ...options, talk: true }, signal) },
      }),
    ],
    ['hold/ours', 'pretends', () => ({ leg: { hold: () => Promise.resolve() } })],
    [
      'messages/refused',
      'gives another error',
      () => ({ leg: { sendMessage: () => Promise.reject(inputError('call.no', 'no')) } }),
    ],
    [
      'life/last-event',
      'tells everything twice',
      (channel) => ({
        channel: { subscribe: (listener) => channel.subscribe((event) => [listener(event), listener(event)]) },
      }),
    ],
    [
      'life/first-event',
      'keeps the beginning to itself',
      (channel) => ({
        channel: {
          subscribe: (listener) => channel.subscribe((event) => event.name === 'leg.added' || listener(event)),
        },
      }),
    ],
  ])('%s notices a channel that %s', async (id, _, sabotage) => {
    expect(await broken(fakeHarness(), id)).toBe(false);
    expect(await broken(sabotaged(sabotage), id)).toBe(true);
  });

  it('has one rule of each id', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  /** What a run with these gaps would do. */
  const declared = (gaps: Record<string, string>) => {
    const run: string[] = [];
    const skipped: string[] = [];
    const printed: string[] = [];
    let last = () => Promise.resolve();
    const test: TestApi = {
      describe: (_, body) => body(),
      it: Object.assign(
        (name: string, body: () => Promise<void>) => {
          run.push(name);
          last = body;
        },
        { skip: (name: string) => void skipped.push(name) },
      ),
      beforeAll: () => {},
      afterAll: () => {},
      expect: expect as TestApi['expect'],
    };
    describeChannel(test, 'Half', fakeHarness(), { gaps, print: (line) => printed.push(line) });
    return { run, skipped, printed, lastTest: () => Promise.resolve().then(last) };
  };

  it('prints the gaps of an adapter, and skips their rules', () => {
    const { run, skipped, printed } = declared({ 'digits/sent': 'it has no voice' });
    expect(run).toHaveLength(RULES.length - 1 + 1);
    expect(skipped).toEqual([expect.stringContaining('digits/sent; gap: it has no voice')]);
    expect(printed).toEqual([expect.stringContaining('it has no voice')]);
  });

  it('does not take a gap in a promise that nobody made', async () => {
    await declared({}).lastTest();
    await expect(declared({ 'digits/smell': 'none' }).lastTest()).rejects.toThrow();
  });
});
