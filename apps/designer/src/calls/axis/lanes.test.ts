import { describe, expect, it } from 'vitest';
import { loggedCall } from '../../testing/loggedCall.js';
import { lanesOf, ticksOf } from './lanes.js';

describe('a call on an axis of time', () => {
  it('has a bar for each node, from when it was entered until it was left', () => {
    const { nodes, prompts, digits } = lanesOf(loggedCall().events);
    const seconds = (ms: number | null) => (ms === null ? null : new Date(ms).getUTCSeconds());
    expect(nodes.map(({ label, from, to, detail }) => [label, seconds(from), seconds(to), detail])).toEqual([
      ['answer', 2, 3, 'answered'],
      ['menu', 4, 8, 'sales'],
      ['note', 9, 11, 'done'],
      ['bye', 12, null, ''],
    ]);
    expect(prompts.map(({ label, from, to }) => [label, seconds(from), seconds(to)])).toEqual([
      ['“For sales press 1.”', 5, 7],
    ]);
    expect(digits.map(({ label }) => label)).toEqual(['1']);
  });

  it('is marked at round moments', () => {
    expect(ticksOf(4_200, 9)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]);
    expect(ticksOf(180_000, 9)).toEqual([0, 30_000, 60_000, 90_000, 120_000, 150_000, 180_000]);
  });
});
