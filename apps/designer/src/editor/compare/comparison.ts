import { nodesOf, type Collision, type Difference, type ScenarioDocument } from '@callwright/scenario';
import { edgeId } from '../model/flow.js';

export type Mark = 'added' | 'removed' | 'changed' | 'moved' | 'collision';

/** How a drawing is marked: what became of its nodes and wires. */
export interface Marks {
  readonly nodes: ReadonlyMap<string, Mark>;
  /** By edge id, `node:outcome`. */
  readonly wires: ReadonlyMap<string, Mark>;
}

/** The stronger mark wins where several things happened to one node. */
const STRENGTH: readonly Mark[] = ['moved', 'changed', 'removed', 'added', 'collision'];

export function marksOf(differences: readonly Difference[], collisions: readonly Collision[] = []): Marks {
  const nodes = new Map<string, Mark>();
  const wires = new Map<string, Mark>();
  const mark = (into: Map<string, Mark>, id: string, kind: Mark) => {
    const before = into.get(id);
    if (before === undefined || STRENGTH.indexOf(kind) > STRENGTH.indexOf(before)) into.set(id, kind);
  };
  for (const { node, aspect, kind, path } of differences) {
    if (node === null) continue;
    if (aspect === 'wire' && path[0] !== undefined) mark(wires, edgeId(node, path[0]), kind);
    mark(nodes, node, aspect === 'node' ? kind : aspect === 'place' ? 'moved' : 'changed');
  }
  for (const { node, aspect, path } of collisions) {
    if (node === null) continue;
    if (aspect === 'wire' && path[0] !== undefined) mark(wires, edgeId(node, path[0]), 'collision');
    mark(nodes, node, 'collision');
  }
  return { nodes, wires };
}

/** A wire that is drawn although the document does not have it any more. */
export interface GoneWire {
  readonly id: string;
  readonly source: string;
  readonly outcome: string;
  readonly target: string;
}

/** The newer document with the nodes of the older one that are not in it, and the wires that are gone: what a comparison draws. */
export function withWhatIsGone(
  from: ScenarioDocument,
  to: ScenarioDocument,
): { readonly document: ScenarioDocument; readonly gone: readonly GoneWire[] } {
  const before = Object.entries(from.states).filter(([id]) => !Object.hasOwn(to.states, id));
  const document = before.length === 0 ? to : { ...to, states: { ...to.states, ...Object.fromEntries(before) } };
  const now = nodesOf(to);
  const gone = [...nodesOf(from).values()].flatMap(({ id, wires }) =>
    wires
      .filter(({ outcome, target }) => {
        const same = now.get(id)?.wires.find((wire) => wire.outcome === outcome);
        return same?.target !== target && Object.hasOwn(document.states, target) && now.has(id);
      })
      .map(({ outcome, target }) => ({ id: `gone ${edgeId(id, outcome)}`, source: id, outcome, target })),
  );
  return { document, gone };
}

/** One place of the drawing with everything that changed there: what somebody steps through. */
export interface Change {
  /** Null: the scenario itself. */
  readonly node: string | null;
  readonly differences: readonly Difference[];
}

/** Changes by node, those of the scenario itself first; nodes that only moved last. */
export function changesOf(differences: readonly Difference[]): readonly Change[] {
  const byNode = new Map<string | null, Difference[]>();
  for (const difference of differences)
    byNode.set(difference.node, [...(byNode.get(difference.node) ?? []), difference]);
  const changes = [...byNode].map(([node, found]) => ({ node, differences: found }));
  const rank = ({ node, differences: found }: Change) =>
    node === null ? 0 : found.every(({ aspect }) => aspect === 'place') ? 2 : 1;
  return changes.sort((a, b) => rank(a) - rank(b));
}
