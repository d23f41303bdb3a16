import type { CallEvent } from '@callwright/runtime';
import { nodesOf, type ScenarioDocument } from '@callwright/scenario';
import type { LoggedEvent } from '../api/types.js';
import type { Trace } from '../editor/canvas/trace.js';
import { edgeId } from '../editor/model/flow.js';

/** The way of a call through the drawing of the version that it ran, as its log tells it. */
export function traceOf(events: readonly (LoggedEvent | CallEvent)[], document: ScenarioDocument): Trace {
  const nodes = new Set<string>();
  const wires = new Set<string>();
  let current: string | null = null;
  let left: { node: string; outcome: string | null } | null = null;
  for (const event of events) {
    // Nodes of a subflow are told as `outer/inner`: on this drawing the call stands at `outer`.
    const node = 'node' in event && typeof event.node === 'string' ? event.node.split('/')[0]! : null;
    if (event.name === 'node.entered' && node !== null) {
      if (left && node !== left.node) wires.add(wireBetween(document, left.node, left.outcome, node) ?? '');
      nodes.add(node);
      current = node;
    }
    if (event.name === 'node.left' && node !== null) left = { node, outcome: event.outcome as string | null };
    if (event.name === 'run.ended') current = null;
  }
  wires.delete('');
  return { nodes, wires, current };
}

/** The wire of the outcome itself, or of the one that it was given as (`interrupted` as `done`). */
function wireBetween(document: ScenarioDocument, from: string, outcome: string | null, to: string): string | null {
  const leading =
    nodesOf(document)
      .get(from)
      ?.wires.filter(({ target }) => target === to) ?? [];
  const wire = leading.find((candidate) => candidate.outcome === outcome) ?? leading[0];
  return wire ? edgeId(from, wire.outcome) : null;
}
