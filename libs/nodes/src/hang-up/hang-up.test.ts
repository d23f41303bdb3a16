import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { hangUp as definition } from './hang-up.node.js';

const hangUp = nodeTest(definition);

describe('hang-up', () => {
  it.each([
    ['normal', 'normal'],
    ['busy', 'busy'],
    ['declined', 'declined'],
    ['not-found', 'not-found'],
    ['unavailable', 'unreachable'],
  ] as const)('ends the call as %s', async (cause, told) => {
    await hangUp({ cause })
      .notAnswered()
      .afterwards(({ call }) => expect([call.state, call.cause]).toEqual(['ended', told]))
      .result();
  });

  it('does nothing to a call that is over', async () => {
    const { outcome } = await hangUp({})
      .given(({ caller }) => caller.hangUp())
      .result();
    expect(outcome).toBe(null);
  });
});
