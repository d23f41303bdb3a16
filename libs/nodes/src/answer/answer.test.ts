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

  it('waits for the other side on a call that we placed', async () => {
    await answer({})
      .placed()
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:10Z')))
      .expectOutcome('answered');
    await answer({}).placed().wait(3_000).command().expectInterrupted();
    await answer({}).placed().wait(3_000).hangUp().expectInterrupted();
  });

  it('is over when the caller gave up', async () => {
    await answer({})
      .notAnswered()
      .given(({ caller }) => caller.hangUp())
      .expectInterrupted();
  });

  it('refuses headers that belong to the call', () => {
    expect(problemsOf(definition, { headers: { 'Call-ID': 'x' } })).toHaveLength(1);
  });
});
