import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { returnNode as definition } from './return.node.js';

const returns = nodeTest(definition);

describe('return', () => {
  it('names how the subflow went', async () => {
    const result = await returns({ outcome: 'accepted', outputs: { customer: 7 } }).result();
    expect(result).toEqual({ outcome: null, returns: { outcome: 'accepted', outputs: { customer: 7 } } });
    expect((await returns({}).result()).returns).toEqual({ outcome: 'done', outputs: {} });
  });

  it('has no outcomes of its own', () => {
    expect(returns({}).outcomes()).toEqual([]);
    expect(problemsOf(definition, { outcome: 'failed' })).toHaveLength(1);
  });
});
