import { nodesOf, type CanvasPlace, type ScenarioDocument } from '@callwright/scenario';
import { outcomesOf, placeOf, stepHeight, STEP_WIDTH } from './flow.js';

export const GRID = 20;
/** Between a node and the one that is put behind it. */
export const GAP = 100;

export const snap = ({ x, y }: CanvasPlace): CanvasPlace => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
});

/** Where a node between these two comes, and what has to step aside for it; null: there is room where it was put. */
export function roomBetween(
  document: ScenarioDocument,
  from: string,
  to: string,
): { place: CanvasPlace; places: Record<string, CanvasPlace> } | null {
  const nodes = nodesOf(document);
  const [source, target] = [nodes.get(from), nodes.get(to)];
  if (!source || !target) return null;
  const [a, b] = [placeOf(source), placeOf(target)];
  const distance = b.x - a.x;
  if (distance <= 0 || distance >= 2 * (STEP_WIDTH + GAP / 2)) return null;
  const place = snap({ x: a.x + STEP_WIDTH + GAP, y: b.y });
  const shift = place.x + STEP_WIDTH + GAP - b.x;
  const behind = [...nodes.values()].filter((node) => placeOf(node).x >= b.x);
  return {
    place,
    places: Object.fromEntries(
      behind.map((node) => [node.id, snap({ x: placeOf(node).x + shift, y: placeOf(node).y })]),
    ),
  };
}

/** To the right of everything. */
export function freePlace(document: ScenarioDocument): CanvasPlace {
  const nodes = [...nodesOf(document).values()];
  if (nodes.length === 0) return { x: 0, y: 0 };
  const rightmost = nodes.map(placeOf).reduce((far, at) => (at.x > far.x ? at : far));
  return clear(document, { x: rightmost.x + STEP_WIDTH + GAP, y: rightmost.y });
}

/** Behind a node, where nothing is yet. */
export function placeBehind(document: ScenarioDocument, node: string): CanvasPlace {
  const at = placeOf(nodesOf(document).get(node)!);
  return clear(document, { x: at.x + STEP_WIDTH + GAP, y: at.y });
}

/** The place, or the nearest free one below it. */
function clear(document: ScenarioDocument, place: CanvasPlace): CanvasPlace {
  const taken = [...nodesOf(document).values()].map((node) => ({
    at: placeOf(node),
    height: stepHeight(outcomesOf(node).outcomes.length),
  }));
  let { y } = place;
  for (;;) {
    const hit = taken.find(
      ({ at, height }) => Math.abs(at.x - place.x) < STEP_WIDTH && y < at.y + height && y + 120 > at.y,
    );
    if (!hit) return { x: place.x, y };
    y = hit.at.y + hit.height + GRID * 2;
  }
}
