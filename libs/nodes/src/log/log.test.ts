import { describe, expect, it } from 'vitest';
import { nodeTest } from '../testing/node-test.js';
import { log as definition } from './log.node.js';

describe('log', () => {
  it('writes a line of its level', async () => {
    const log = nodeTest(definition);
    const logged = { level: 'warn', message: 'The queue is full.' } as const;
    await log(logged)
      .afterwards((stage) => expect(stage.logged).toEqual([logged]))
      .expectOutcome('done');
    await log({ message: 'a' })
      .afterwards((stage) => expect(stage.logged[0]?.level).toBe('info'))
      .expectOutcome('done');
  });
});
