import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCallwrightError, sleep, type Json } from '@callwright/kernel';
import { catalogue } from './catalogue.js';
import { NodeTest } from './testing/node-test.js';

/** A configuration of each type that gives it something to do. */
const BUSY: Record<string, object> = {
  ring: { durationMs: 60_000 },
  say: { prompt: [{ say: 'Good morning.' }], loop: 0 },
  play: { prompt: [{ play: 'hello.wav' }], bargeIn: false },
  menu: { prompt: [{ say: 'Press 1.' }], keys: { '1': 'one', '12': 'twelve' }, attempts: 5 },
  'get-digits': { prompt: [{ say: 'Your number.' }], attempts: 4, minDigits: 3, maxDigits: 5 },
  record: { silenceMs: 3_000 },
  dial: { to: 'phone:anna', music: [{ play: 'music.wav' }] },
  transfer: { to: 'phone:anna' },
  conference: { room: 'sales', startOnEntry: false, waitMusic: [{ play: 'music.wav' }], muteKey: '1', unmuteKey: '2' },
  branch: { cases: [{ when: 'vars.a', outcome: 'a' }] },
  'set-variables': { assign: { a: 1 } },
  'http-request': { url: 'https://example.org', music: [{ play: 'music.wav' }] },
  'business-hours': { schedule: { timeZone: 'UTC' } },
  wait: { durationMs: 60_000 },
  log: { message: 'a' },
  subflow: { scenario: 'a' },
  'send-digits': { digits: '123456789' },
  'detect-fax': { prompt: [{ say: 'Good morning.' }] },
  'send-fax': { document: 'offer', to: 'phone:anna' },
  'start-fax': { document: 'offer' },
  'queue-fax': { to: '+37052000000', document: 'offer' },
};

const action = fc.oneof(
  fc.record({ press: fc.stringMatching(/^[0-9*#]{1,4}$/) }),
  fc.record({ talk: fc.integer({ min: 100, max: 5_000 }) }),
  fc.record({ wait: fc.integer({ min: 0, max: 8_000 }) }),
  fc.record({ hold: fc.boolean() }),
);
const callee = fc.record({
  then: fc.constantFrom('answers', 'rings', 'busy', 'declines', 'unreachable'),
  afterMs: fc.integer({ min: 0, max: 20_000 }),
});

describe.each(catalogue)('whatever a caller does, $type', (definition) => {
  it('comes to one of its outcomes, or ends with the call, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { maxLength: 12 }),
        callee,
        fc.boolean(),
        async (actions, behaviour, command) => {
          const test = new NodeTest(definition, (BUSY[definition.type] ?? {}) as never);
          test.callee('phone:anna', behaviour).given((stage) => {
            stage.http = async (_, signal) => {
              await sleep(stage.clock, behaviour.afterMs, signal);
              return { status: 200, headers: {}, body: '' };
            };
          });
          for (const step of actions) {
            if ('press' in step) test.press(step.press);
            if ('talk' in step) test.talk(step.talk);
            if ('wait' in step) test.wait(step.wait);
            if ('hold' in step) test.meanwhile(({ caller }) => caller.hold(step.hold));
          }
          if (command) test.command();
          test.hangUp();
          test.afterwards(async ({ call, clock, wait }) => {
            await wait(0);
            expect(call.legs.every(({ state }) => state === 'ended')).toBe(true);
            // A caller may still be talking to nobody; nothing of ours is left to happen.
            await wait(5_000);
            expect(clock.next()).toBe(undefined);
          });
          // `result` itself checks that the outcome is one of the node's own, and that a hang-up ends it within a second.
          await test.result().catch((error: unknown) => {
            if (!isCallwrightError(error)) throw error;
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('judges any configuration without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        definition.config.safeParse(value);
      }),
    );
    const fields = Object.keys(definition.config.shape);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields, 'other'), fc.jsonValue()), (given) => {
        const reading = definition.config.safeParse({ ...BUSY[definition.type], ...given });
        if (reading.success) expect(definition.outcomes(reading.data as never)).not.toContain('failed');
      }),
    );
  });

  it('keeps what it was given as it was', () => {
    const given = structuredClone(BUSY[definition.type] ?? {}) as Json;
    definition.config.safeParse(given);
    expect(given).toEqual(BUSY[definition.type] ?? {});
  });
});
