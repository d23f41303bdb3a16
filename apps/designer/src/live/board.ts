import type { BoardFrame, BoardNode, BoardPicture, BoardRow } from '../api/types.js';

export const EMPTY_BOARD: BoardPicture = { at: '', calls: 0, states: {}, nodes: [], rows: [] };

/** The board after a frame. What did not change keeps its identity, so that only what did is drawn again. */
export function boardWith(board: BoardPicture, frame: BoardFrame): BoardPicture {
  return {
    at: frame.at,
    calls: frame.calls,
    states: frame.states,
    nodes: frame.nodes.length === 0 ? board.nodes : nodesWith(board.nodes, frame.nodes),
    rows: frame.rows.length + frame.gone.length === 0 ? board.rows : rowsWith(board.rows, frame),
  };
}

function rowsWith(rows: readonly BoardRow[], { rows: changed, gone }: BoardFrame): readonly BoardRow[] {
  const left = new Set(gone);
  const anew = new Map(changed.map((row) => [row.id, row]));
  const kept = rows.flatMap((row) => {
    const now = anew.get(row.id) ?? row;
    anew.delete(row.id);
    return left.has(row.id) ? [] : [now];
  });
  return [...kept, ...anew.values()].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

const placeOf = ({ scenarioId, node }: Pick<BoardNode, 'scenarioId' | 'node'>) => `${scenarioId} ${node}`;

function nodesWith(nodes: readonly BoardNode[], changed: readonly BoardNode[]): readonly BoardNode[] {
  const all = new Map(nodes.map((node) => [placeOf(node), node]));
  for (const node of changed) {
    if (node.calls === 0) all.delete(placeOf(node));
    else all.set(placeOf(node), node);
  }
  return [...all.values()];
}

/** How long a call may stand at a node before it is worth a look, and before it is likely stuck. */
const LONG_MS = 30_000;
const VERY_LONG_MS = 120_000;
export type Dwell = 'short' | 'long' | 'very-long';

export function dwellOf(since: string, now: number): Dwell {
  const ms = now - new Date(since).getTime();
  return ms < LONG_MS ? 'short' : ms < VERY_LONG_MS ? 'long' : 'very-long';
}

/** Outcomes that mean that something did not work, not that somebody chose. */
const FAILING = new Set(['failed', 'busy', 'no-answer', 'http-error', 'timeout', 'no-audio']);
export const isFailing = (outcome: string): boolean => FAILING.has(outcome);
