import { Position } from '@xyflow/react';
import { describe, expect, it } from 'vitest';
import { routeWire, type Box, type WireEnds } from './wireRoute.js';

const box = (id: string, x: number, y: number): Box => ({ id, x, y, width: 236, height: 150 });
const A = box('a', 0, 0);
const out = (x: number, y: number, from = A): WireEnds => ({
  sourceX: from.x + from.width,
  sourceY: from.y + 100,
  sourcePosition: Position.Right,
  targetX: x,
  targetY: y + 32,
});
/** Points of a path, curves by their ends and control points. */
const points = (path: string) =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
/** Whether a line of the path goes through the inside of a box. */
function through(path: string, { x, y, width, height }: Box): boolean {
  const all = points(path);
  return all.slice(1).some(([bx, by], at) => {
    const [ax, ay] = all[at]!;
    for (let t = 0; t <= 1; t += 0.02) {
      const [px, py] = [ax + (bx - ax) * t, ay + (by - ay) * t];
      if (px > x + 1 && px < x + width - 1 && py > y + 1 && py < y + height - 1) return true;
    }
    return false;
  });
}

describe('a wire', () => {
  it('is a plain curve where nothing is in the way', () => {
    const target = box('b', 400, 60);
    expect(routeWire(out(target.x, target.y), [A, target], 0).path).toMatch(/^M236,100 C\S+ \S+ 400,92$/);
  });

  it('goes around a node between its ends', () => {
    const [wall, target] = [box('wall', 360, 20), box('b', 720, 0)];
    const { path } = routeWire(out(target.x, target.y), [A, wall, target], 0);
    expect(through(path, wall)).toBe(false);
    expect(path).toMatch(/L720,32$/);
  });

  it('goes back around both of its nodes', () => {
    const target = box('b', -400, 10);
    const { path } = routeWire(out(target.x, target.y), [A, target], 0);
    for (const node of [A, target]) expect(through(path, node)).toBe(false);
  });

  it('from a node to itself goes around it', () => {
    expect(through(routeWire(out(A.x, A.y), [A], 0).path, A)).toBe(false);
  });

  it('takes a lane of its own', () => {
    const target = box('b', -400, 10);
    const ways = [0, 1, 2].map((lane) => routeWire(out(target.x, target.y), [A, target], lane).path);
    expect(new Set(ways).size).toBe(3);
  });

  it('out of the lower side goes down first', () => {
    const target = box('b', -300, 300);
    const ends = { ...out(target.x, target.y), sourceX: 30, sourceY: 150, sourcePosition: Position.Bottom };
    const [start, next] = points(routeWire(ends, [A, target], 0).path);
    expect(next![0]).toBe(start![0]);
    expect(next![1]).toBeGreaterThan(start![1]);
  });

  it('has its name on the way', () => {
    const target = box('b', -400, 10);
    const { label } = routeWire(out(target.x, target.y), [A, target], 0);
    for (const { x, y, width, height } of [A, target])
      expect(label.x > x && label.x < x + width && label.y > y && label.y < y + height).toBe(false);
  });
});
