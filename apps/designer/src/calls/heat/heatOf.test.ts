import { describe, expect, it } from 'vitest';
import type { CallPaths } from '../../api/types.js';
import { frontDesk } from '../../testing/scenarios.js';
import { heatOf, lossesOf } from './heatOf.js';

const paths: CallPaths = {
  calls: 10,
  answered: 10,
  causes: [{ cause: 'normal', calls: 10 }],
  nodes: [
    {
      node: 'menu',
      visits: 10,
      averageMs: 4000,
      outcomes: [
        { outcome: 'sales', visits: 6 },
        { outcome: null, visits: 4 },
      ],
      ended: 4,
      hungUp: 4,
    },
    { node: 'gone', visits: 1, averageMs: 10, outcomes: [{ outcome: 'done', visits: 1 }], ended: 1, hungUp: 1 },
  ],
};

describe('the heat of many calls', () => {
  it('paints what was taken, what was not, and where callers are lost', () => {
    const { nodes, wires } = heatOf(paths, frontDesk());
    expect(wires.get('menu:sales')).toEqual({ tone: 'traffic', weight: 1, text: '6 · 60%' });
    expect(wires.get('answer:answered')).toMatchObject({ tone: 'bare' });
    expect(nodes.get('menu')).toMatchObject({ heat: 0.4 });
    expect(nodes.get('menu')?.figures.map(({ text }) => text)).toEqual(['10 times', '0:04 each', '40% hang up']);
    expect(nodes.has('gone')).toBe(false);
  });

  it('names the worst places first', () => {
    expect(lossesOf(paths).map(({ node, share }) => [node, share])).toEqual([
      ['menu', 0.4],
      ['gone', 1],
    ]);
  });
});
