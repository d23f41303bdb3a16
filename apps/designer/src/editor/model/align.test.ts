import { describe, expect, it } from 'vitest';
import { align, distribute, type Alignment, type Extent } from './align.js';

const extents: readonly Extent[] = [
  { id: 'a', x: 0, y: 0, width: 100, height: 40 },
  { id: 'b', x: 30, y: 100, width: 100, height: 80 },
  { id: 'c', x: 300, y: 120, width: 100, height: 40 },
];
const axis = (how: Alignment) => (how === 'left' || how === 'center' || how === 'right' ? 'x' : 'y');

describe('aligning', () => {
  it.each([
    ['left', [0, 0, 0]],
    ['center', [150, 150, 150]],
    ['right', [300, 300, 300]],
    ['top', [0, 0, 0]],
    ['middle', [70, 50, 70]],
    ['bottom', [140, 100, 140]],
  ] as const)('%s', (how, expected) => {
    const places = align(extents, how);
    expect(extents.map(({ id }) => places[id]![axis(how)])).toEqual(expected);
  });

  it('leaves the other axis alone', () => {
    expect(extents.map(({ id, y }) => align(extents, 'left')[id]!.y === y)).toEqual([true, true, true]);
  });
});

describe('distributing', () => {
  it('makes the gaps equal and keeps the ends', () => {
    const places = distribute(extents, 'horizontally');
    expect([places['a']!.x, places['b']!.x, places['c']!.x]).toEqual([0, 150, 300]);
  });

  it('takes the order from the drawing, not from the list', () => {
    expect(distribute(extents.toReversed(), 'vertically')).toEqual({
      a: { x: 0, y: 0 },
      b: { x: 30, y: 40 },
      c: { x: 300, y: 120 },
    });
  });
});
