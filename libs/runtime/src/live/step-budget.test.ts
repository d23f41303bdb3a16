import { describe, expect, it } from 'vitest';
import { RUN_LIMITS } from '../limits.js';
import { StepBudget } from './step-budget.js';

describe('the nodes that a run may enter', () => {
  /** How many nodes are entered, each of so many milliseconds, until one is refused, and why. */
  const spent = (durationMs: number): [entered: number, why: string] => {
    const budget = new StepBudget();
    for (let entered = 0; ; entered += 1) {
      const why = budget.spend();
      if (why !== null) return [entered, why];
      budget.took(durationMs);
    }
  };

  it('are 10,000', () => {
    expect(spent(50)).toEqual([RUN_LIMITS.steps, 'More than 10000 nodes.']);
  });

  it('are 1,000 in a row that wait for nothing', () => {
    const [entered, why] = spent(0);
    expect(entered).toBe(RUN_LIMITS.stepsInStore);
    expect(why).toContain('wait for nothing');
  });

  it('are hardly more on a slow machine, where such nodes take a few milliseconds each', () => {
    const [entered, why] = spent(6);
    expect(entered).toBeLessThan(1.2 * RUN_LIMITS.stepsInStore);
    expect(why).toContain('wait for nothing');
  });

  it('are saved up by waiting, but never to more than the store', () => {
    const budget = new StepBudget();
    budget.took(24 * 60 * 60 * 1_000);
    for (let entered = 0; entered < RUN_LIMITS.stepsInStore; entered += 1) expect(budget.spend()).toBeNull();
    expect(budget.spend()).not.toBeNull();
  });

  it('come in breaths', () => {
    const budget = new StepBudget();
    for (let entered = 1; entered < RUN_LIMITS.stepsInOneBreath; entered += 1) {
      budget.spend();
      expect(budget.needsBreath()).toBe(false);
    }
    budget.spend();
    expect(budget.needsBreath()).toBe(true);
    expect(budget.needsBreath()).toBe(false);
  });
});
