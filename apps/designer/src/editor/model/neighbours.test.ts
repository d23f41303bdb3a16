import { expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { neighbour, type Direction } from './neighbours.js';

const document = frontDesk(
  { type: 'add-node', id: 'note', node: { type: 'log', input: { message: 'x' }, canvas: { x: 340, y: 300 } } },
  { type: 'wire', id: 'menu', outcome: 'no-match', target: 'menu' },
);

it.each<[string, Direction, string | null]>([
  ['answer', 'right', 'menu'],
  ['menu', 'right', 'sales'],
  ['bye', 'left', 'menu'],
  ['menu', 'left', 'answer'],
  ['menu', 'down', 'note'],
  ['note', 'up', 'menu'],
  ['answer', 'left', null],
  ['nobody', 'left', null],
])('from %s to the %s is %s', (from, direction, to) => expect(neighbour(document, from, direction)).toBe(to));
