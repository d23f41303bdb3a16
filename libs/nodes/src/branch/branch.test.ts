import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@callwright/kernel';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { branch as definition } from './branch.node.js';
import { isTrue } from './truth.js';

const branch = nodeTest(definition);
const cases = [
  { when: 'vars.tries > 2', outcome: 'enough' },
  { when: 'vars.vip', outcome: 'vip' },
  { when: 'vars.tries > 1', outcome: 'enough' },
];

describe('branch', () => {
  it('goes the way of the first condition that holds', async () => {
    await branch({ cases })
      .given((stage) => void (stage.scope.vars = { tries: 3, vip: true }))
      .expectOutcome('enough');
    await branch({ cases })
      .given((stage) => void (stage.scope.vars = { tries: 2, vip: true }))
      .expectOutcome('vip');
  });

  it('goes otherwise when none holds, also when a value is missing', async () => {
    await branch({ cases })
      .given((stage) => void (stage.scope.vars = { tries: 1 }))
      .expectOutcome('otherwise');
    await branch({ cases }).expectOutcome('otherwise');
  });

  it('fails when a condition cannot be evaluated', async () => {
    await branch({ cases: [{ when: '$sqrt(-1) = 1', outcome: 'a' }] }).expectFailure('expression.failed');
  });

  it('has each outcome once', () => {
    expect(branch({ cases }).outcomes()).toEqual(['enough', 'vip', 'otherwise']);
  });

  it('takes for true what JSONata does', async () => {
    for (const value of [0, 1, '', 'a', true, false, null, [], [0], [0, 1], [[]], {}, { a: 0 }] as Json[]) {
      const outcome = isTrue(value) ? 'yes' : 'otherwise';
      await branch({ cases: [{ when: '$boolean(vars.value)', outcome: 'yes' }] })
        .given((stage) => void (stage.scope.vars = { value }))
        .expectOutcome(outcome);
    }
  });

  it('keeps a condition as it was written', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
        (when) => {
          const reading = definition.config.parse({ cases: [{ when, outcome: 'a' }] });
          expect(reading.cases[0]?.when).toBe(when.trim());
        },
      ),
    );
  });

  it.each([
    [
      { cases: [{ when: 'true', outcome: 'otherwise' }] },
      expect.stringContaining('cases.0.outcome: "otherwise" is an outcome with a meaning'),
    ],
    [{ cases: [{ when: ' ', outcome: 'a' }] }, 'cases.0.when: Write a condition.'],
    [{ cases: [{ when: 'true', outcome: '' }] }, expect.stringContaining('cases.0.outcome')],
    [{ cases: [] }, 'cases: Add at least one case.'],
  ])('refuses %j', (config, problem) => {
    expect(problemsOf(definition, config)).toContainEqual(problem);
  });
});
