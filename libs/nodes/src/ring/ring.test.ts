import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { ring as definition } from './ring.node.js';

const ring = nodeTest(definition);
const ringtone = [{ play: 'ring.wav' }];

describe('ring', () => {
  it('goes on at once, and it rings until the answer', async () => {
    await ring({ earlyMedia: true, ringtone, repeat: true })
      .notAnswered()
      .afterwards(async ({ call, caller, wait }) => {
        expect(call.state).toBe('ringing');
        await wait(10_000);
        expect(caller.heard.at(-1)?.to).toBe(null);
        await call.caller.answer({ headers: {} });
        expect(caller.heard.at(-1)?.to).not.toBe(null);
      })
      .expectOutcome('done', { earlyMedia: true });
  });

  it('rings for a time', async () => {
    await ring({ durationMs: 5_000, earlyMedia: true, ringtone, repeat: true })
      .notAnswered()
      .wait(4_999)
      .hears('[ring.wav]')
      .wait(1)
      .hears()
      .expectOutcome('done');
  });

  it('rings as long as the ringtone lasts', async () => {
    await ring({ durationMs: null, earlyMedia: true, ringtone })
      .notAnswered()
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:03Z')))
      .expectOutcome('done');
  });

  it('rings without sound where sound cannot be had, and says so', async () => {
    await ring({ earlyMedia: true, ringtone })
      .notAnswered({ earlyMedia: false })
      .heard()
      .expectOutcome('done', { earlyMedia: false });
  });

  it('ends when the caller gives up', async () => {
    await ring({ durationMs: 60_000 })
      .notAnswered()
      .wait(1_000)
      .hangUp()
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:01Z')))
      .result();
  });

  it('fails on a call that is answered', async () => {
    await ring({}).expectFailure('call.wrong-state');
  });
});
