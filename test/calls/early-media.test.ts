import { afterAll, describe, expect, it } from 'vitest';
import { node, scenario } from '../fixtures/scenarios.js';
import { AnnouncingCallee } from '../support/announcing-callee.js';
import { bestSecond, likeness, speech, wavOf } from '../support/audio.js';
import { eventually } from '../support/eventually.js';
import { useStage } from '../support/stage.js';

/* What a callee sends before it answers (183 with a description): its caller hears it, in place of music of ours. */

const ANNOUNCEMENT = speech(4, 51);
const MUSIC = speech(3, 52);

let callee: AnnouncingCallee;

const stage = useStage(async ({ api, product }) => {
  callee = await AnnouncingCallee.open(product.sipAddress);
  await api.upload('music', wavOf(MUSIC));
  await api.put('/limits', {
    outboundPrefixes: [],
    deniedPrefixes: [],
    sipHosts: ['127.0.0.1'],
    callsPerSecond: 10,
    concurrentCalls: 10,
    minutesPerDay: 100,
  });
  const dialling = (id: string, config: object) =>
    scenario(id, {
      answer: node('answer', {}, { answered: 'dial' }),
      dial: node(
        'dial',
        { to: callee.uri, timeoutMs: 5_000, music: [{ play: 'music' }], ...config },
        { answered: 'bye', busy: 'bye', 'no-answer': 'bye' },
      ),
      bye: node('hang-up'),
    });
  await api.deploy(dialling('hears', {}), '1000');
  await api.deploy(dialling('does-not', { earlyMedia: false }), '2000');
});

afterAll(() => callee?.close());

/** What a caller heard until the scenario hung up. */
async function heardOn(number: string): Promise<Int16Array> {
  const announced = callee.announce(ANNOUNCEMENT);
  const alice = await stage.phone('alice');
  await alice.call(number);
  await announced;
  await alice.saw('CALL_CLOSED');
  return eventually('something was heard', () => (alice.heard().length > 0 ? alice.heard() : null));
}

describe('a callee that is heard before it answers', () => {
  it('is what the caller hears, and not the music', async () => {
    const heard = await heardOn('1000');
    expect(bestSecond(heard, ANNOUNCEMENT)).toBeGreaterThan(0.9);
    const stopped = await stage.live.saw('prompt.ended', { node: 'dial', reason: 'stopped' });
    const left = await stage.live.saw('node.left', { node: 'dial', callId: stopped.callId });
    expect(Date.parse(left.at) - Date.parse(stopped.at)).toBeGreaterThan(2_000);
  });

  it('is not heard where the document says so', async () => {
    const heard = await heardOn('2000');
    expect(bestSecond(heard, MUSIC)).toBeGreaterThan(0.9);
    expect(likeness(heard, ANNOUNCEMENT.subarray(8_000, 16_000))).toBeLessThan(0.5);
  });
});
