import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { detectFax as definition } from './detect-fax.node.js';

const detectFax = nodeTest(definition);
const prompt = [{ play: 'music.wav' }];

describe('detect-fax', () => {
  it('hears a machine while the prompt goes on, and ends the prompt', async () => {
    await detectFax({ prompt })
      .wait(3_000)
      .hears('[music.wav]')
      .meanwhile(({ caller }) => caller.soundFax('cng'))
      .hears()
      .expectOutcome('fax', { tone: 'cng' });
  });

  it('hears only what it is told to listen for', async () => {
    await detectFax({ tones: ['ced'] })
      .meanwhile(({ caller }) => caller.soundFax('cng'))
      .wait(1_000)
      .meanwhile(({ caller }) => caller.soundFax('ced'))
      .expectOutcome('fax', { tone: 'ced' });
  });

  it('gives up when the time is up and the prompt is heard', async () => {
    await detectFax({ prompt, timeoutMs: 5_000 })
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:30Z')))
      .expectOutcome('no-fax', { tone: null });
    await detectFax({ timeoutMs: 5_000 })
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:05Z')))
      .expectOutcome('no-fax', { tone: null });
  });

  it('takes a key for a person, and leaves it to the next node', async () => {
    await detectFax({ prompt })
      .wait(2_000)
      .press('5')
      .afterwards(({ call, clock }) => {
        expect(call.caller.digits.waiting).toBe('5');
        expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:02Z'));
      })
      .expectOutcome('no-fax', { tone: null });
  });

  it('ends with the call', async () => {
    await detectFax({ prompt }).wait(1_000).hangUp().expectInterrupted({ tone: null });
  });
});
