import { describe, expect, it } from 'vitest';
import type { BoardFrame, BoardRow } from '../api/types.js';
import { boardWith, dwellOf, EMPTY_BOARD } from './board.js';

const row = (id: string, second: number, node: string | null = null): BoardRow => ({
  id,
  scenarioId: 's',
  version: 1,
  direction: 'inbound',
  from: '1',
  to: '2',
  state: 'answered',
  node,
  since: `2026-03-02T10:00:0${second}Z`,
  startedAt: `2026-03-02T10:00:0${second}Z`,
  answeredAt: null,
});
const frame = (fields: Partial<BoardFrame>): BoardFrame => ({
  ...EMPTY_BOARD,
  scenario: null,
  gone: [],
  outcomes: [],
  ...fields,
});

describe('a board', () => {
  it('takes in what came, what changed and what went, newest first', () => {
    const first = boardWith(EMPTY_BOARD, frame({ calls: 2, rows: [row('a', 1), row('b', 2)] }));
    expect(first.rows.map(({ id }) => id)).toEqual(['b', 'a']);
    const second = boardWith(first, frame({ calls: 2, rows: [row('c', 3), row('a', 1, 'menu')], gone: ['b'] }));
    expect(second.rows.map(({ id, node }) => [id, node])).toEqual([
      ['c', null],
      ['a', 'menu'],
    ]);
  });

  it('keeps what did not change as it is, for the page draws by identity', () => {
    const first = boardWith(EMPTY_BOARD, frame({ calls: 2, rows: [row('a', 1), row('b', 2)] }));
    const second = boardWith(first, frame({ calls: 2 }));
    expect(second.rows).toBe(first.rows);
    const third = boardWith(second, frame({ calls: 2, rows: [row('b', 2, 'menu')] }));
    expect(third.rows[1]).toBe(first.rows[1]);
  });

  it('forgets a node where nobody is left', () => {
    const at = { scenarioId: 's', node: 'menu', since: '2026-03-02T10:00:00Z' };
    const first = boardWith(EMPTY_BOARD, frame({ nodes: [{ ...at, calls: 3 }] }));
    expect(boardWith(first, frame({ nodes: [{ ...at, calls: 1 }] })).nodes).toEqual([{ ...at, calls: 1 }]);
    expect(boardWith(first, frame({ nodes: [{ ...at, calls: 0, since: null }] })).nodes).toEqual([]);
  });
});

it.each([
  [5, 'short'],
  [45, 'long'],
  [200, 'very-long'],
])('%i s at a node is %s', (seconds, dwell) => {
  const now = Date.parse('2026-03-02T10:00:00Z');
  expect(dwellOf(new Date(now - seconds * 1000).toISOString(), now)).toBe(dwell);
});
