import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { wait as definition } from './wait.node.js';

const wait = nodeTest(definition);

describe('wait', () => {
  it('lets time pass, also after the call', async () => {
    await wait({ durationMs: 3_000 })
      .afterwards(({ clock }) => expect(clock.now()).toBe(Date.parse('2026-03-02T10:00:03Z')))
      .expectOutcome('done');
    expect(definition.needs).toBe('none');
  });

  it('ends when the caller hangs up', async () => {
    await wait({ durationMs: 60_000 }).wait(1_000).hangUp().expectInterrupted();
  });

  it('needs a length, a day at most', () => {
    expect(problemsOf(definition, {})).toHaveLength(1);
    expect(problemsOf(definition, { durationMs: 86_400_001 })).toHaveLength(1);
    expect(problemsOf(definition, { durationMs: -1 })).toHaveLength(1);
  });
});
