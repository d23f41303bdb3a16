import {
  errorPathOf,
  hangUpPathOf,
  initialOf,
  nameOf,
  nodesOf,
  variablesOf,
  type ScenarioDocument,
  type ScenarioNode,
  sameJson,
} from '@callwright/scenario';

/** One thing that is different between two documents, in words that name the node. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly node: string | null;
  readonly what: string;
}

/** What changed from one document to another: nodes, their settings, their wires, the ways in. Places on the canvas are not a change. */
export function differences(from: ScenarioDocument, to: ScenarioDocument): readonly Difference[] {
  const found: Difference[] = [];
  const changed = (node: string | null, what: string) => found.push({ kind: 'changed', node, what });
  const facts: readonly [string, (document: ScenarioDocument) => string | null][] = [
    ['Name', nameOf],
    ['Start', initialOf],
    ['On hang-up', hangUpPathOf],
    ['On error', errorPathOf],
  ];
  for (const [title, read] of facts) {
    const [before, after] = [read(from), read(to)];
    if (before !== after) changed(null, `${title}: ${before ?? '—'} → ${after ?? '—'}`);
  }
  if (!sameJson(variablesOf(from), variablesOf(to))) changed(null, 'Variables at the start');
  const [old, now] = [nodesOf(from), nodesOf(to)];
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const [before, after] = [old.get(id), now.get(id)];
    if (!before && after) found.push({ kind: 'added', node: id, what: after.type });
    else if (before && !after) found.push({ kind: 'removed', node: id, what: before.type });
    else if (before && after) for (const what of nodeDifferences(before, after)) changed(id, what);
  }
  return found;
}

function nodeDifferences(before: ScenarioNode, after: ScenarioNode): string[] {
  const found: string[] = [];
  if (before.type !== after.type) found.push(`type: ${before.type} → ${after.type}`);
  if (before.label !== after.label) found.push(`label: ${before.label ?? '—'} → ${after.label ?? '—'}`);
  const [old, now] = [before.input, after.input];
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (!sameJson(old[name], now[name])) found.push(`${name}: ${short(old[name])} → ${short(now[name])}`);
  }
  const [oldWires, newWires] = [wires(before), wires(after)];
  for (const outcome of new Set([...oldWires.keys(), ...newWires.keys()])) {
    if (oldWires.get(outcome) !== newWires.get(outcome))
      found.push(`${outcome} leads to: ${oldWires.get(outcome) ?? '—'} → ${newWires.get(outcome) ?? '—'}`);
  }
  return found;
}

const wires = (node: ScenarioNode) => new Map(node.wires.map(({ outcome, target }) => [outcome, target]));

const short = (value: unknown): string => {
  const text = value === undefined ? '—' : typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
