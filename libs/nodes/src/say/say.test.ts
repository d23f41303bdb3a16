import { describe, expect, it } from 'vitest';
import { play as playDefinition } from '../play/play.node.js';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { say as definition } from './say.node.js';

const say = nodeTest(definition);
const play = nodeTest(playDefinition);

describe('say and play', () => {
  it('let the caller hear every part', async () => {
    await say({ prompt: [{ say: 'Good morning.' }, { silence: 300 }, { play: 'hello.wav' }, { tone: 'beep' }] })
      .heard('Good morning.', '[hello.wav]', '(beep)')
      .expectOutcome('done', { digits: '' });
    await play({ prompt: [{ play: 'hello.wav' }] })
      .heard('[hello.wav]')
      .expectOutcome('done');
  });

  it('repeat it as often as told', async () => {
    await say({ prompt: [{ say: 'Hi' }], loop: 3 })
      .heard('Hi', 'Hi', 'Hi')
      .expectOutcome('done');
  });

  it('are interrupted by a key, which the next node gets', async () => {
    await say({ prompt: [{ say: 'Good morning.' }], loop: 0 })
      .wait(100)
      .press('4')
      .afterwards(({ call }) => expect(call.caller.digits.waiting).toBe('4'))
      .expectOutcome('interrupted', { digits: '4' });
  });

  it('say nothing to a caller who has typed ahead', async () => {
    await say({ prompt: [{ say: 'Good morning.' }] })
      .typedAhead('12')
      .heard()
      .expectOutcome('interrupted', { digits: '12' });
  });

  it('go on over keys where they may not be interrupted', async () => {
    await say({ prompt: [{ say: 'Good morning.' }], bargeIn: false })
      .press('4')
      .hears('Good morning.')
      .expectOutcome('done', { digits: '' });
  });

  it('give an interruption as done where nobody asks for it', () => {
    expect(definition.givenAs).toEqual({ interrupted: 'done' });
    expect(playDefinition.givenAs).toEqual({ interrupted: 'done' });
  });

  it('end at once when the caller hangs up', async () => {
    await say({ prompt: [{ say: 'Good morning.' }], loop: 0 })
      .wait(10_000)
      .hangUp()
      .expectInterrupted();
  });

  it('fail when there is nothing of that name, and nothing was heard', async () => {
    await play({ prompt: [{ play: 'hello.wav' }, { play: 'none.wav' }] })
      .heard()
      .expectFailure('media.not-found');
  });

  it.each([
    [{ prompt: [] }, 'prompt: There is nothing to hear: add a text or a media file.'],
    [{}, 'prompt: Invalid input: expected array, received undefined'],
    [{ prompt: [{ say: 'a' }], colour: 'red' }, 'Unrecognized key: "colour"'],
    [{ prompt: [{ tone: 'moo' }] }, expect.stringContaining('prompt.0')],
  ])('refuse %j', (config, problem) => {
    expect(problemsOf(definition, config)).toContainEqual(problem);
  });
});
