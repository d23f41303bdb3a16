import { nodesOf, type ScenarioDocument, type ScenarioNode } from '@callwright/scenario';
import { outcomesOf, placeOf, stepHeight, STEP_WIDTH } from './flow.js';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The node that an arrow key leads to: to the right along the first wire, to the left against one, up and down, and where there is no wire,
 * to the nearest one that lies there. Null: nothing lies there.
 */
export function neighbour(document: ScenarioDocument, from: string, direction: Direction): string | null {
  const nodes = nodesOf(document);
  const node = nodes.get(from);
  if (!node) return null;
  if (direction === 'right') {
    const next = outcomesOf(node).outcomes.find(
      ({ target }) => target !== null && target !== from && nodes.has(target),
    );
    if (next) return next.target;
  }
  if (direction === 'left') {
    const sources = [...nodes.values()].filter(
      ({ id, wires }) => id !== from && wires.some(({ target }) => target === from),
    );
    const nearest = closest(
      node,
      sources.filter((source) => middleOf(source).x < middleOf(node).x),
    );
    if (nearest) return nearest;
  }
  return closest(
    node,
    [...nodes.values()].filter((other) => other.id !== from && liesTo(node, other, direction)),
  );
}

function middleOf(node: ScenarioNode): { x: number; y: number } {
  const { x, y } = placeOf(node);
  return { x: x + STEP_WIDTH / 2, y: y + stepHeight(outcomesOf(node).outcomes.length) / 2 };
}

function liesTo(node: ScenarioNode, other: ScenarioNode, direction: Direction): boolean {
  const [a, b] = [middleOf(node), middleOf(other)];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  switch (direction) {
    case 'left':
      return dx < 0 && Math.abs(dy) <= Math.abs(dx);
    case 'right':
      return dx > 0 && Math.abs(dy) <= Math.abs(dx);
    case 'up':
      return dy < 0 && Math.abs(dx) <= Math.abs(dy) * 2;
    case 'down':
      return dy > 0 && Math.abs(dx) <= Math.abs(dy) * 2;
  }
}

function closest(node: ScenarioNode, candidates: readonly ScenarioNode[]): string | null {
  const from = middleOf(node);
  const far = (other: ScenarioNode) => Math.hypot(middleOf(other).x - from.x, middleOf(other).y - from.y);
  const [nearest] = candidates.toSorted((a, b) => far(a) - far(b));
  return nearest?.id ?? null;
}
