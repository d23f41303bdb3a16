import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { sendDigits as definition } from './send-digits.node.js';

const sendDigits = nodeTest(definition);

describe('send-digits', () => {
  it('presses each key towards the caller', async () => {
    await sendDigits({ digits: '12#', durationMs: 200, gapMs: 50 })
      .afterwards(({ caller, clock }) => {
        expect(caller.digitsHeard).toBe('12#');
        expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:00.700Z'));
      })
      .expectOutcome('done');
  });

  it('stops when a command moves the call elsewhere, and fails when the caller is gone', async () => {
    await sendDigits({ digits: '1234567890' }).wait(450).command().expectInterrupted();
    await sendDigits({ digits: '1234567890' }).wait(450).hangUp().expectFailure('call.gone');
  });

  it('refuses what cannot be pressed', () => {
    expect(problemsOf(definition, { digits: '12x' })).toEqual(['digits: Digits are 0-9, *, # and A-D, at most 256.']);
    expect(problemsOf(definition, { digits: '' })).toHaveLength(1);
    expect(problemsOf(definition, { digits: '{{ vars.extension }}' })).toEqual([]);
  });
});
