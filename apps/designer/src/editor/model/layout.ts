import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { edgeId, outcomesOf, stepHeight, STEP_WIDTH } from './flow.js';
import { applyEdits, FAILED, initialOf, nodesOf, type CanvasPlace, type ScenarioDocument } from '@callwright/scenario';

const GRID = 20;
/** A drawing that is longer than this (px) and this many times as long as high is laid in rows, as lines of a text are. */
const ROW = 5_000;
const SLENDER = 3;
const IN_ROWS = {
  'elk.layered.wrapping.strategy': 'MULTI_EDGE',
  'elk.aspectRatio': '1.6',
  // The others make every wire straight, from the outcome low on one card to the entry high on the next: rows that climb.
  'elk.layered.nodePlacement.strategy': 'SIMPLE',
  // Room between two rows for the wire that leads from the end of one to the beginning of the next.
  'elk.spacing.nodeNode': '140',
};

/** The drawing as the layout engine wants it: a port for each outcome, in order, so that wires cross as little as possible. */
export function elkGraph(document: ScenarioDocument, only?: ReadonlySet<string>): ElkNode {
  const nodes = [...nodesOf(document).values()].filter(({ id }) => only?.has(id) ?? true);
  const inside = new Set(nodes.map(({ id }) => id));
  return {
    id: 'scenario',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.spacing.nodeNode': '50',
      'elk.layered.spacing.nodeNodeBetweenLayers': '110',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
      'elk.separateConnectedComponents': 'true',
      'elk.spacing.componentComponent': '80',
    },
    children: nodes.map((node) => {
      const { id } = node;
      const { outcomes } = outcomesOf(node);
      const names = [...outcomes.map(({ name }) => name), FAILED];
      return {
        id,
        width: STEP_WIDTH,
        height: stepHeight(outcomes.length),
        layoutOptions: {
          'elk.portConstraints': 'FIXED_ORDER',
          ...(initialOf(document) === id ? { 'elk.layered.layering.layerConstraint': 'FIRST' } : {}),
        },
        ports: [
          { id: `${id}:`, layoutOptions: { 'elk.port.side': 'WEST' } },
          ...names.map((name, index) => ({
            id: edgeId(id, name),
            layoutOptions: { 'elk.port.side': name === FAILED ? 'SOUTH' : 'EAST', 'elk.port.index': String(index) },
          })),
        ],
      };
    }),
    edges: nodes.flatMap(({ id, wires }) =>
      wires
        .filter(({ target }) => inside.has(target) && target !== id)
        .map(({ outcome, target }) => ({
          id: edgeId(id, outcome),
          sources: [edgeId(id, outcome)],
          targets: [`${target}:`],
        })),
    ),
  };
}

/** Where the nodes go. The engine is large and loaded when it is first asked for. */
export async function arrange(
  document: ScenarioDocument,
  only?: ReadonlySet<string>,
): Promise<Readonly<Record<string, CanvasPlace>>> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const graph = elkGraph(document, only);
  const engine = new Elk();
  let laid = await engine.layout(graph);
  const { width = 0, height = 1 } = laid;
  if (width > ROW && width > SLENDER * height)
    laid = await engine.layout({ ...elkGraph(document, only), layoutOptions: { ...graph.layoutOptions, ...IN_ROWS } });
  const origin = anchor(document, only);
  return Object.fromEntries(
    (laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: snap(x + origin.x), y: snap(y + origin.y) }]),
  );
}

const snap = (value: number) => Math.round(value / GRID) * GRID;

/** A part of the drawing is arranged where it stands. */
function anchor(document: ScenarioDocument, only?: ReadonlySet<string>): CanvasPlace {
  if (!only) return { x: 0, y: 0 };
  const places = [...only].flatMap((id) => nodesOf(document).get(id)?.canvas ?? []);
  if (places.length === 0) return { x: 0, y: 0 };
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

/** The document as it can be shown: with places, when it has none of its own. */
export async function withPlaces(document: ScenarioDocument): Promise<ScenarioDocument> {
  if (!needsArranging(document)) return document;
  return applyEdits(document, [{ type: 'move-nodes', places: await arrange(document) }]).document;
}

/** A document that was written elsewhere may have no places, or all nodes on one spot. */
export function needsArranging(document: ScenarioDocument): boolean {
  const nodes = [...nodesOf(document).values()];
  if (nodes.length < 2) return false;
  const spots = new Set(nodes.map((node) => JSON.stringify(node.canvas)));
  return nodes.some((node) => node.canvas === null) || spots.size === 1;
}
