import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { getDigits as definition } from './get-digits.node.js';

const getDigits = nodeTest(definition);
const prompt = [{ say: 'Your number, please.' }];

describe('get-digits', () => {
  it('ends at the greatest number of digits', async () => {
    await getDigits({ prompt, maxDigits: 4 }).press('1234').expectOutcome('digits', { digits: '1234', cause: 'count' });
  });

  it('ends at a terminator, which is not among the digits', async () => {
    await getDigits({ prompt }).press('12#').expectOutcome('digits', { digits: '12', cause: 'terminator' });
    await getDigits({ prompt, terminators: ['*'] })
      .press('1#2*')
      .expectOutcome('digits', { digits: '1#2', cause: 'terminator' });
  });

  it('ends when nothing more comes', async () => {
    await getDigits({ prompt, interDigitTimeoutMs: 1_000 })
      .press('1')
      .wait(900)
      .press('2')
      .expectOutcome('digits', { digits: '12', cause: 'timeout' });
    await getDigits({ prompt, interDigitTimeoutMs: 1_000 })
      .press('1')
      .wait(1_001)
      .press('2')
      .expectOutcome('digits', { digits: '1', cause: 'timeout' });
  });

  it('waits longer for the first digit than for the others', async () => {
    const settings = { firstDigitTimeoutMs: 8_000, interDigitTimeoutMs: 500, maxDigits: 2 };
    await getDigits(settings).wait(7_900).press('12').expectOutcome('digits', { digits: '12', cause: 'count' });
    await getDigits(settings).wait(8_001).press('12').expectOutcome('no-input', { digits: '', cause: 'timeout' });
  });

  it('stops the prompt at the first digit', async () => {
    await getDigits({ prompt, maxDigits: 2 })
      .hears('Your number, please.')
      .press('1')
      .hears()
      .press('2')
      .expectOutcome('digits');
  });

  it('takes what was typed ahead, without the terminator that belongs to it', async () => {
    await getDigits({ prompt, maxDigits: 4 })
      .typedAhead('1234#5')
      .heard()
      .afterwards(({ call }) => expect(call.caller.digits.waiting).toBe('5'))
      .expectOutcome('digits', { digits: '1234', cause: 'count' });
  });

  it('takes too few digits, and a terminator alone, as a wrong entry', async () => {
    await getDigits({ prompt, minDigits: 4 })
      .press('12#')
      .expectOutcome('no-match', { digits: '12', cause: 'terminator' });
    await getDigits({ prompt }).press('#').expectOutcome('no-match', { digits: '', cause: 'terminator' });
  });

  it('takes an empty entry where none is needed', async () => {
    await getDigits({ prompt, minDigits: 0 }).press('#').expectOutcome('digits', { digits: '', cause: 'terminator' });
    await getDigits({ prompt, minDigits: 0 }).expectOutcome('digits', { digits: '', cause: 'timeout' });
  });

  it('takes only what fits the whole pattern', async () => {
    await getDigits({ maxDigits: 3, pattern: '[1-9][0-9]+' }).press('012').expectOutcome('no-match');
    await getDigits({ maxDigits: 3, pattern: '[1-9][0-9]+' }).press('120').expectOutcome('digits');
    await getDigits({ maxDigits: 3, pattern: '1|2' }).press('1#').expectOutcome('digits');
    await getDigits({ maxDigits: 3, pattern: '1|2' }).press('12#').expectOutcome('no-match');
  });

  it('asks again, after silence and after a wrong entry each in its own words', async () => {
    await getDigits({
      prompt,
      attempts: 3,
      minDigits: 4,
      noInputPrompts: [[{ say: 'I heard nothing.' }]],
      noMatchPrompts: [[{ say: 'Four digits.' }]],
    })
      .press('12#')
      .hears('Four digits.')
      .wait(6_000)
      .hears('I heard nothing.')
      .press('1234#')
      .heard('Your number, please.', 'Four digits.', 'I heard nothing.')
      .expectOutcome('digits', { digits: '1234', cause: 'terminator' });
  });

  it('names every entry of a secret, so that none is ever shown', async () => {
    const { secrets } = await getDigits({ secret: true, attempts: 2, minDigits: 4 })
      .press('99#1234#')
      .expectOutcome('digits');
    expect(secrets).toEqual(['99', '1234']);
    expect((await getDigits({}).press('1#').result()).secrets).toBe(undefined);
  });

  it('hands over what was typed when the caller hangs up', async () => {
    await getDigits({ prompt }).press('12').hangUp().expectInterrupted({ digits: '12', cause: 'timeout' });
    await getDigits({ prompt, attempts: 3 })
      .hangUp()
      .heard('Your number, please.')
      .expectInterrupted({ digits: '', cause: 'timeout' });
    const secret = getDigits({ prompt, secret: true, minDigits: 4 }).press('12').hangUp();
    expect((await secret.result()).secrets).toEqual(['12']);
  });

  it('keeps a pattern that would backtrack for ever from holding the call up', async () => {
    const digits = `${'1'.repeat(60)}2`;
    await getDigits({ maxDigits: 61, pattern: '(1+)+' }).press(digits).expectOutcome('no-match');
  });

  it('never gives a terminator, nor more digits than asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[0-9*#]{0,12}$/),
        fc.integer({ min: 1, max: 6 }),
        async (pressed, maxDigits) => {
          const { outcome, output } = await getDigits({ maxDigits }).press(pressed).result();
          const digits = String(output?.['digits']);
          expect(digits).not.toContain('#');
          expect(digits.length).toBeLessThanOrEqual(maxDigits);
          expect(pressed.startsWith(digits)).toBe(true);
          expect(outcome).toBe(digits !== '' ? 'digits' : pressed === '' ? 'no-input' : 'no-match');
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    [{ minDigits: 5, maxDigits: 4 }, 'maxDigits: This is less than the least number of digits.'],
    [{ terminators: ['##'] }, 'terminators.0: One key each: 0-9, *, # or A-D.'],
    [{ pattern: '(' }, expect.stringContaining('pattern: This pattern cannot be used')],
    [{ pattern: '(1)\\1' }, expect.stringContaining('pattern: This pattern cannot be used')],
  ])('refuses %j', (config, problem) => {
    expect(problemsOf(definition, config)).toContainEqual(problem);
  });
});
