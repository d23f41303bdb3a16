import { nodeType } from '@callwright/nodes';
import {
  errorPathOf,
  FAILED,
  hangUpPathOf,
  initialOf,
  nodesOf,
  readConfiguration,
  type ScenarioDocument,
} from '@callwright/scenario';
import { wireId } from './coverage.js';

/** A way from one node to another that a test can bring about. */
export interface Move {
  readonly from: string;
  readonly to: string;
  /** What the node gives; null: the caller hangs up there. */
  readonly outcome: string | null;
  /** The wire that is drawn, or null: a fault takes the error path, a hang-up the hang-up path. */
  readonly wire: string | null;
  /** `itself`: nobody has to do anything. `keys`: the caller presses them. `told`: the node is given the outcome. */
  readonly by: { readonly kind: 'itself' | 'told' | 'hang-up' } | { readonly kind: 'keys'; readonly keys: string };
  /** The less, the more a test that takes it reads like a call. */
  readonly cost: number;
}

export interface AbstractMachine {
  readonly start: string | null;
  /** By node. */
  readonly moves: ReadonlyMap<string, readonly Move[]>;
}

/**
 * The drawing without its call data: nodes, and what can lead from one to the next. Small enough to be searched whole, however
 * many values its variables can have.
 */
export function abstractMachineOf(document: ScenarioDocument): AbstractMachine {
  const nodes = nodesOf(document);
  const [errorPath, hangUpPath] = [errorPathOf(document), hangUpPathOf(document)];
  const moves = new Map<string, readonly Move[]>();
  for (const { id, type, input, wires } of nodes.values()) {
    const definition = nodeType(type);
    const { fixed, outcomes } = definition ? readConfiguration(definition, input) : { fixed: null, outcomes: null };
    const own: Move[] = [];
    const seen = new Set<string>();
    for (const { outcome, target } of wires) {
      // Of two wires of one outcome the first is taken.
      if (seen.has(outcome)) continue;
      seen.add(outcome);
      const keys = fixed && definition?.keysFor ? definition.keysFor(outcome, fixed) : null;
      const first = outcomes?.[0] === outcome && definition?.waitsFor === undefined && outcomes.length === 1;
      const optional = outcomes?.[0] === outcome && definition?.givenAs !== undefined;
      const by: Move['by'] = keys !== null ? { kind: 'keys', keys } : { kind: first || optional ? 'itself' : 'told' };
      const cost = by.kind !== 'told' ? 1 : outcome === FAILED ? 4 : definition?.waitsFor === 'far-end' ? 1.5 : 2;
      own.push({ from: id, to: target, outcome, wire: wireId(id, outcome), by, cost });
    }
    if (errorPath !== null && errorPath !== id && !seen.has(FAILED))
      own.push({ from: id, to: errorPath, outcome: FAILED, wire: null, by: { kind: 'told' }, cost: 6 });
    if (hangUpPath !== null && definition?.waitsFor !== undefined)
      own.push({ from: id, to: hangUpPath, outcome: null, wire: null, by: { kind: 'hang-up' }, cost: 3 });
    moves.set(id, own);
  }
  return { start: initialOf(document), moves };
}

/** The cheapest way from `start` to a move that is wanted, that move included (Dijkstra); null when none can be reached. */
export function cheapestWay(
  { moves }: AbstractMachine,
  start: string,
  wanted: (move: Move) => boolean,
  passable: (move: Move) => boolean = () => true,
): readonly Move[] | null {
  const best = new Map<string, { cost: number; way: readonly Move[] }>([[start, { cost: 0, way: [] }]]);
  const open = new Set([start]);
  let found: { cost: number; way: readonly Move[] } | null = null;
  while (open.size > 0) {
    const node = [...open].reduce((a, b) => ((best.get(b)?.cost ?? 0) < (best.get(a)?.cost ?? 0) ? b : a));
    open.delete(node);
    const here = best.get(node);
    if (!here || (found && here.cost >= found.cost)) continue;
    const hungUp = here.way.some(({ outcome }) => outcome === null);
    for (const move of moves.get(node) ?? []) {
      // Nobody hangs up twice.
      if ((hungUp && move.outcome === null) || !passable(move)) continue;
      const next = { cost: here.cost + move.cost, way: [...here.way, move] };
      if (wanted(move) && (!found || next.cost < found.cost)) found = next;
      const known = best.get(move.to);
      if (moves.has(move.to) && (!known || next.cost < known.cost)) {
        best.set(move.to, next);
        open.add(move.to);
      }
    }
  }
  return found?.way ?? null;
}
