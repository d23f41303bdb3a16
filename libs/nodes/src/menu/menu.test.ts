import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { menu as definition } from './menu.node.js';

const menu = nodeTest(definition);
const prompt = [{ say: 'For sales press 1.' }];
const keys = { '1': 'sales', '2': 'support' };

describe('menu', () => {
  it('takes the outcome of the key', async () => {
    await menu({ prompt, keys }).wait(500).press('2').expectOutcome('support', { digits: '2' });
  });

  it('stops the prompt at a key', async () => {
    await menu({ prompt, keys }).hears('For sales press 1.').press('1').hears().expectOutcome('sales');
  });

  it('lets the prompt end first when it may not be interrupted', async () => {
    await menu({ prompt, keys, bargeIn: false })
      .press('1')
      .wait(500)
      .hears('For sales press 1.')
      .expectOutcome('sales');
  });

  it('takes what was typed before it began, and leaves the rest for the next node', async () => {
    await menu({ prompt, keys })
      .typedAhead('15')
      .heard()
      .afterwards(({ call }) => expect(call.caller.digits.waiting).toBe('5'))
      .expectOutcome('sales');
  });

  it('asks three times when the caller is silent', async () => {
    await menu({ prompt, keys })
      .heard('For sales press 1.', 'For sales press 1.', 'For sales press 1.')
      .expectOutcome('no-input', { digits: '' });
  });

  it('waits for a key as long as it is told', async () => {
    const lengthMs = 'Hi.'.length * 60;
    await menu({ prompt: [{ say: 'Hi.' }], keys, attempts: 1, timeoutMs: 2_000 })
      .wait(lengthMs + 1_999)
      .press('1')
      .expectOutcome('sales');
    await menu({ prompt: [{ say: 'Hi.' }], keys, attempts: 1, timeoutMs: 2_000 })
      .wait(lengthMs + 2_001)
      .expectOutcome('no-input');
  });

  it('counts silence and wrong keys apart, each with clearer prompts', async () => {
    await menu({
      prompt,
      keys,
      attempts: 6,
      noInputPrompts: [[{ say: 'Silence 1.' }], [{ say: 'Silence 2.' }]],
      noMatchPrompts: [[{ say: 'Wrong 1.' }], [{ say: 'Wrong 2.' }]],
    })
      .press('9')
      .hears('Wrong 1.')
      .wait(5_500)
      .hears('Silence 1.')
      .press('8')
      .hears('Wrong 2.')
      .wait(5_500)
      .hears('Silence 2.')
      .wait(5_700)
      .hears('Silence 2.')
      .press('7')
      .expectOutcome('no-match', { digits: '7' });
  });

  it('tells by the last attempt whether it was silence or a wrong key', async () => {
    await menu({ prompt, keys, attempts: 2 }).press('9').expectOutcome('no-input');
    await menu({ prompt, keys, attempts: 2 }).wait(6_100).press('9').expectOutcome('no-match', { digits: '9' });
  });

  it('asks without a prompt', async () => {
    await menu({ keys }).wait(4_000).press('1').expectOutcome('sales');
  });

  describe('with keys that begin alike', () => {
    const alike = { '1': 'sales', '12': 'stock', '305': 'room' };

    it('waits for more where more is possible', async () => {
      await menu({ keys: alike }).press('1').wait(2_900).press('2').expectOutcome('stock', { digits: '12' });
      await menu({ keys: alike }).press('1').expectOutcome('sales', { digits: '1' });
      await menu({ keys: alike }).press('1').wait(3_001).press('2').expectOutcome('sales', { digits: '1' });
    });

    it('does not wait where nothing longer is possible', async () => {
      const began = Date.parse('2026-03-02T10:00:00Z');
      await menu({ keys: alike })
        .press('305')
        .afterwards(({ clock }) => expect(clock.now()).toBe(began))
        .expectOutcome('room');
    });

    it('ends the entry with #', async () => {
      await menu({ keys: alike }).press('1#').expectOutcome('sales', { digits: '1' });
    });

    it('refuses what is no key', async () => {
      await menu({ keys: alike, attempts: 1 }).press('13').expectOutcome('no-match', { digits: '13' });
      await menu({ keys: alike, attempts: 1 }).press('30').expectOutcome('no-match', { digits: '30' });
      await menu({ keys: alike, attempts: 1 }).press('#').expectOutcome('no-match', { digits: '#' });
    });

    it('has # and * as keys like any other', async () => {
      await menu({ keys: { '#': 'operator', '*': 'back', '*1': 'hidden' } })
        .press('#')
        .expectOutcome('operator');
      await menu({ keys: { '#': 'operator', '*': 'back', '*1': 'hidden' } })
        .press('*1')
        .expectOutcome('hidden');
    });
  });

  it('has each outcome once, and its own two', () => {
    expect(menu({ keys: { '1': 'sales', '2': 'support', '3': 'sales' } }).outcomes()).toEqual([
      'sales',
      'support',
      'no-input',
      'no-match',
    ]);
  });

  it('ends at once when the caller hangs up', async () => {
    await menu({ prompt, keys }).wait(100).hangUp().expectInterrupted({ digits: '' });
    await menu({ prompt, keys }).wait(2_000).hangUp().expectInterrupted({ digits: '' });
    await menu({ prompt, keys, bargeIn: false }).press('1').wait(100).command().expectInterrupted();
  });

  it('fails when its prompt does not exist', async () => {
    await menu({ prompt: [{ play: 'nothing.wav' }], keys }).expectFailure('media.not-found');
  });

  it.each([
    [{ keys: { '1': 'failed' } }, 'keys.1: "failed" is an outcome with a meaning of its own; choose another name.'],
    [{ keys: { '1': 'no-input' } }, 'keys.1: "no-input" is an outcome with a meaning of its own; choose another name.'],
    [
      { keys: { '1': 'otherwise' } },
      'keys.1: "otherwise" is an outcome with a meaning of its own; choose another name.',
    ],
    [{ keys: { x: 'sales' } }, 'keys.x: "x" cannot be pressed: keys are 0-9, *, #, A-D.'],
    [{ keys: {} }, 'keys: Name at least one key.'],
    [{}, 'keys: Invalid input: expected record, received undefined'],
  ])('refuses %j', (config, problem) => {
    expect(problemsOf(definition, config)).toContain(problem);
  });
});
