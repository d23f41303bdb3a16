import { watch, type Connection } from '../api/live.js';
import type { BoardPicture, BoardRow } from '../api/types.js';
import { boardWith, EMPTY_BOARD, isFailing } from './board.js';

/** The calls that stand at one node. */
export interface NodeCalls {
  readonly calls: number;
  readonly since: string | null;
  /** Some of them, the newest first. */
  readonly some: readonly BoardRow[];
}

/** What went wrong at a node a moment ago. */
export interface Failure {
  readonly outcome: string;
  readonly calls: number;
  /** Unix ms. */
  readonly at: number;
}

const NOBODY: NodeCalls = { calls: 0, since: null, some: [] };
/** How long a failing outcome is shown at its node. */
export const FAILURE_SHOWN_MS = 4000;

/** The live calls of a scenario, or of all, as the server adds them up, kept for the page. */
export class LiveCalls {
  #board: BoardPicture = EMPTY_BOARD;
  #nodes = new Map<string, NodeCalls>();
  #failures = new Map<string, Failure>();
  #connection: Connection = 'connecting';
  readonly #listeners = new Set<() => void>();

  /** `scenario` null: all. Looks until the returned function is called. */
  start(scenario: string | null): () => void {
    return watch(scenario === null ? 'all' : { scenario }, {
      onPicture: (picture) => this.#show(picture),
      onFrame: (frame) => {
        const at = Date.now();
        for (const { node, outcome, calls } of frame.outcomes) {
          if (!isFailing(outcome)) continue;
          const before = this.#failures.get(outer(node));
          const goesOn = before?.outcome === outcome && at - before.at < FAILURE_SHOWN_MS;
          this.#failures.set(outer(node), { outcome, at, calls: calls + (goesOn ? before.calls : 0) });
        }
        this.#show(boardWith(this.#board, frame));
      },
      onConnection: (connection) => {
        this.#connection = connection;
        this.#tell();
      },
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes, as for all that follow. */
  readonly board = (): BoardPicture => this.#board;
  readonly at = (node: string): NodeCalls => this.#nodes.get(node) ?? NOBODY;
  readonly failureAt = (node: string): Failure | null => this.#failures.get(node) ?? null;
  readonly count = (): number => this.#board.calls;
  readonly connection = (): Connection => this.#connection;

  #show(board: BoardPicture): void {
    this.#nodes = nodesOf(board, this.#nodes);
    this.#board = board;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Nodes of a subflow (`ask/menu`) stand at the node that runs it. */
const outer = (node: string): string => node.split('/', 1)[0]!;

function nodesOf(board: BoardPicture, before: ReadonlyMap<string, NodeCalls>): Map<string, NodeCalls> {
  const nodes = new Map<string, { calls: number; since: string | null; some: BoardRow[] }>();
  for (const { node, calls, since } of board.nodes) {
    const here = nodes.get(outer(node));
    if (!here) nodes.set(outer(node), { calls, since, some: [] });
    else {
      here.calls += calls;
      if (here.since === null || (since !== null && since < here.since)) here.since = since;
    }
  }
  for (const row of board.rows) if (row.node !== null) nodes.get(outer(row.node))?.some.push(row);
  return new Map([...nodes].map(([node, now]) => [node, unlessSame(before.get(node), now)]));
}

const unlessSame = (old: NodeCalls | undefined, now: NodeCalls): NodeCalls =>
  old?.calls === now.calls &&
  old.since === now.since &&
  old.some.length === now.some.length &&
  old.some.every((row, index) => row === now.some[index])
    ? old
    : now;
