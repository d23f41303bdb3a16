import { nodesOf, type ScenarioDocument } from '@callwright/scenario';
import type { CallEvent } from '../events.js';

/** A wire of a drawing by name: `node:outcome`. */
export const wireId = (node: string, outcome: string): string => `${node}:${outcome}`;

/** Every wire of a drawing. */
export function wiresOf(document: ScenarioDocument): readonly string[] {
  return [...nodesOf(document).values()].flatMap(({ id, wires }) => wires.map(({ outcome }) => wireId(id, outcome)));
}

/** The wires that a call took, as its log tells it; what happened within a subflow is on another drawing. */
export function wiresTaken(document: ScenarioDocument, events: readonly CallEvent[]): ReadonlySet<string> {
  const known = new Set(wiresOf(document));
  const taken = new Set<string>();
  for (const event of events) {
    if (event.name !== 'node.left' || event.outcome === null) continue;
    const wire = wireId(event.node, event.outcome);
    if (known.has(wire)) taken.add(wire);
  }
  return taken;
}

export interface Coverage {
  readonly wires: readonly string[];
  readonly covered: ReadonlySet<string>;
}

/** What several calls exercise of a drawing. */
export function coverageOf(document: ScenarioDocument, taken: Iterable<Iterable<string>>): Coverage {
  const wires = wiresOf(document);
  const all = new Set([...taken].flatMap((one) => [...one]));
  return { wires, covered: new Set(wires.filter((wire) => all.has(wire))) };
}
