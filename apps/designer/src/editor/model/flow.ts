import type { JsonObject } from '@callwright/kernel';
import type { Edge, Node } from '@xyflow/react';
import { nodeType } from '@callwright/nodes';
import type { NodeDefinition } from '@callwright/nodes';
import type { z } from 'zod';
import {
  FAILED,
  readConfiguration,
  errorPathOf,
  hangUpPathOf,
  initialOf,
  isEnding,
  nodesOf,
  type CanvasPlace,
  type Finding,
  type Group,
  type Note,
  type ScenarioDocument,
  type ScenarioNode,
} from '@callwright/scenario';

/** A way out of a node, as the canvas draws it. */
export interface OutcomeView {
  readonly name: string;
  readonly target: string | null;
  /** What it is taken for while it has no wire (`interrupted` is given as `done`). */
  readonly givenAs: string | null;
  /** Wired in the document, but the node does not have it (any more). */
  readonly unknown: boolean;
}

/** The three ways into a scenario. */
export const ENTRIES = ['start', 'hang-up', 'error'] as const;
export type Entry = (typeof ENTRIES)[number];

export interface StepData extends Record<string, unknown> {
  readonly id: string;
  readonly node: ScenarioNode;
  readonly outcomes: readonly OutcomeView[];
  readonly failedTarget: string | null;
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
}
export type StepNode = Node<StepData, 'step'>;
export type EndNode = Node<{ readonly id: string }, 'end'>;
export type NoteNode = Node<{ readonly id: string; readonly note: Note }, 'note'>;
export type GroupNode = Node<{ readonly id: string; readonly group: Group }, 'frame'>;
/** What a drawing shows; notes and groups only where somebody draws. */
export type CanvasNode = StepNode | EndNode | NoteNode | GroupNode;
/** `lane`: the place of the outcome in its node, which keeps wires apart that go the same way. */
export type OutcomeEdge = Edge<{ readonly outcome: string; readonly lane: number }, 'outcome'>;

/** Widths and heights as the stylesheet draws them, for layout before anything is measured. */
export const STEP_WIDTH = 236;
const HEADER_HEIGHT = 60;
const SUMMARY_HEIGHT = 34;
const ROW_HEIGHT = 26;
export const stepHeight = (outcomes: number) => HEADER_HEIGHT + SUMMARY_HEIGHT + outcomes * ROW_HEIGHT + 10;
/** The middle of the row of an outcome, from the top of the node. */
export const stepRow = (outcome: number) => HEADER_HEIGHT + SUMMARY_HEIGHT + 5 + (outcome + 0.5) * ROW_HEIGHT;

/** The outcomes that another scenario's `return` nodes name; null: not known. */
export type SubflowOutcomes = (scenario: string) => readonly string[] | null;
const NO_SUBFLOWS: SubflowOutcomes = () => null;

/** The outcomes of a node: those of its type for this configuration in their order, then wired ones that the type does not know. */
export function outcomesOf(
  node: ScenarioNode,
  subflows: SubflowOutcomes = NO_SUBFLOWS,
): { outcomes: readonly OutcomeView[]; failedTarget: string | null } {
  // Of two wires of one outcome the first is taken.
  const wired = new Map(node.wires.toReversed().map(({ outcome, target }) => [outcome, target]));
  const definition = nodeType(node.type);
  const own = definition === undefined ? [] : knownOutcomes(definition, node);
  const names = node.type === 'subflow' ? [...(subflows(String(node.input['scenario'])) ?? []), ...own] : own;
  const outcomes: OutcomeView[] = [...new Set(names)].map((name) => ({
    name,
    target: wired.get(name) ?? null,
    givenAs: definition?.givenAs?.[name] ?? null,
    unknown: false,
  }));
  for (const { outcome: name } of node.wires) {
    if (name !== FAILED && !outcomes.some((outcome) => outcome.name === name)) {
      outcomes.push({ name, target: wired.get(name) ?? null, givenAs: null, unknown: definition !== undefined });
    }
  }
  return { outcomes, failedTarget: wired.get(FAILED) ?? null };
}

/** A half-written configuration has no outcomes by the schema; it then has those of what can be read of it. */
function knownOutcomes(definition: NodeDefinition, { input }: ScenarioNode): readonly string[] {
  const { outcomes } = readConfiguration(definition, input);
  if (outcomes) return outcomes;
  const readable = Object.entries(definition.config.shape).map(([key, field]) => {
    const parsed = (field as z.ZodType).safeParse(input[key]);
    return [key, parsed.success ? parsed.data : input[key]];
  });
  try {
    return definition.outcomes(Object.fromEntries(readable));
  } catch {
    return [];
  }
}

/** The one outcome that has another name in `after`; null when none or several have. */
export function renamedOutcome(before: ScenarioNode, after: ScenarioNode): { from: string; to: string } | null {
  const names = (node: ScenarioNode) => outcomesOf({ ...node, wires: [] }).outcomes.map(({ name }) => name);
  const [old, now] = [names(before), names(after)];
  const [from, ...moreGone] = old.filter((name) => !now.includes(name));
  const [to, ...moreNew] = now.filter((name) => !old.includes(name));
  return from === undefined || to === undefined || moreGone.length > 0 || moreNew.length > 0 ? null : { from, to };
}

export const placeOf = (node: ScenarioNode): CanvasPlace => node.canvas ?? { x: 0, y: 0 };

/** What React Flow draws. An unchanged state gives the same object as last time, so that only what changed is drawn again. */
export function createFlowView() {
  const drawn = new Map<string, { node: ScenarioNode; key: string; flow: StepNode }>();
  let subflowsBefore: SubflowOutcomes = NO_SUBFLOWS;
  return function view(
    document: ScenarioDocument,
    findings: readonly Finding[],
    subflows: SubflowOutcomes = NO_SUBFLOWS,
  ): { nodes: (StepNode | EndNode)[]; edges: OutcomeEdge[] } {
    if (subflows !== subflowsBefore) drawn.clear();
    subflowsBefore = subflows;
    const nodes: (StepNode | EndNode)[] = [];
    const edges: OutcomeEdge[] = [];
    const targets = new Set<string>();
    const entryNodes: Readonly<Record<Entry, string | null>> = {
      start: initialOf(document),
      'hang-up': hangUpPathOf(document),
      error: errorPathOf(document),
    };
    const findingsByNode = new Map<string | null, Finding[]>();
    for (const finding of findings)
      findingsByNode.set(finding.node, [...(findingsByNode.get(finding.node) ?? []), finding]);
    for (const [id, node] of nodesOf(document)) {
      const entries = ENTRIES.filter((entry) => entryNodes[entry] === id);
      const own = findingsByNode.get(id) ?? [];
      const key = JSON.stringify([entries, own]);
      const before = drawn.get(id);
      const flow =
        before?.node === node && before.key === key
          ? before.flow
          : ({
              id,
              type: 'step',
              position: placeOf(node),
              data: { id, node, ...outcomesOf(node, subflows), entries, findings: own },
            } satisfies StepNode);
      drawn.set(id, { node, key, flow });
      nodes.push(flow);
      for (const [lane, { outcome, target }] of node.wires.entries()) {
        if (!(target in document.states)) continue;
        targets.add(target);
        edges.push({
          id: edgeId(id, outcome),
          type: 'outcome',
          source: id,
          sourceHandle: outcome,
          target,
          data: { outcome, lane },
        });
      }
    }
    // An ending is drawn where somebody has wired to it; `Ended` on its own is the runtime's.
    for (const [id, state] of Object.entries(document.states)) {
      if (isEnding(state) && targets.has(id)) nodes.push({ id, type: 'end', position: endPlace(state), data: { id } });
    }
    for (const id of drawn.keys()) if (!(id in document.states)) drawn.delete(id);
    return { nodes, edges };
  };
}

const endPlace = (state: JsonObject): CanvasPlace => {
  const canvas = (state['meta'] as { canvas?: Partial<CanvasPlace> } | undefined)?.canvas;
  return { x: canvas?.x ?? 0, y: canvas?.y ?? 0 };
};

export const edgeId = (node: string, outcome: string) => `${node}:${outcome}`;
