import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { answer as definition } from './answer.node.js';

const answer = nodeTest(definition);

describe('answer', () => {
  it('picks up, with headers of its own', async () => {
    await answer({ headers: { 'X-Queue': 'sales' } })
      .notAnswered()
      .afterwards(({ call, caller }) => {
        expect(call.state).toBe('answered');
        expect(caller.answerHeaders).toEqual({ 'X-Queue': ['sales'] });
      })
      .expectOutcome('answered');
  });

  it('goes on at once on a call that is answered', async () => {
    await answer({}).expectOutcome('answered');
  });

  it('fails when the caller gave up', async () => {
    await answer({})
      .notAnswered()
      .given(({ caller }) => caller.hangUp())
      .expectFailure('call.gone');
  });

  it('refuses headers that belong to the call', () => {
    expect(problemsOf(definition, { headers: { 'Call-ID': 'x' } })).toHaveLength(1);
  });
});
