import { Position } from '@xyflow/react';
import type { CanvasPlace } from '@callwright/scenario';

export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WireEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly sourcePosition: Position;
  readonly targetX: number;
  readonly targetY: number;
}

export interface Route {
  /** An SVG path. */
  readonly path: string;
  /** Where the name of the outcome sits. */
  readonly label: CanvasPlace;
}

/** How far a wire goes straight out of a node before it turns, and how far it stays away from nodes. */
const STUB = 22;
const CLEARANCE = 18;
/** Wires that go the same way lie beside each other. */
const LANE = 7;
const LANES = 5;
const CORNER = 12;
const LEAST_REACH = 46;
/** What it costs, in px of detour, to cross a node. */
const CROSSING = 2_000;
const LABEL_AT = 0.42;

/**
 * The way of a wire from an outcome to the left of a node: a curve where nothing is in the way, else around the nodes with rounded
 * corners. `lane` tells wires apart that would lie on each other. `boxes` holds all nodes, the two at the ends included.
 */
export function routeWire(ends: WireEnds, boxes: readonly Box[], lane: number): Route {
  const { sourceX, sourceY, sourcePosition, targetX, targetY } = ends;
  const from = { x: sourceX, y: sourceY };
  const to = { x: targetX, y: targetY };
  const down = sourcePosition === Position.Bottom;
  if (targetX - sourceX >= LEAST_REACH || (down && targetY - sourceY > LEAST_REACH && targetX > sourceX)) {
    const curve = curveOf(from, to, down);
    if (!crosses(curve, near(boxes, from, to))) return drawnCurve(curve);
  }
  return drawnCorners(around(from, to, down, boxes, lane));
}

type Curve = readonly [CanvasPlace, CanvasPlace, CanvasPlace, CanvasPlace];

function curveOf(from: CanvasPlace, to: CanvasPlace, down: boolean): Curve {
  const reach = Math.max(LEAST_REACH, Math.abs(to.x - from.x) / 2);
  const leave = down
    ? { x: from.x, y: from.y + Math.max(LEAST_REACH, Math.abs(to.y - from.y) / 2) }
    : { x: from.x + reach, y: from.y };
  return [from, leave, { x: to.x - reach, y: to.y }, to];
}

function drawnCurve(curve: Curve): Route {
  const [from, leave, arrive, to] = curve;
  return {
    path: `M${from.x},${from.y} C${leave.x},${leave.y} ${arrive.x},${arrive.y} ${to.x},${to.y}`,
    label: onCurve(curve, LABEL_AT),
  };
}

function onCurve([a, b, c, d]: Curve, t: number): CanvasPlace {
  const s = 1 - t;
  const at = (axis: 'x' | 'y') =>
    s * s * s * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t * t * t * d[axis];
  return { x: at('x'), y: at('y') };
}

/** Boxes that could be in the way between two points. */
function near(boxes: readonly Box[], a: CanvasPlace, b: CanvasPlace): readonly Box[] {
  const margin = LEAST_REACH;
  const [left, right] = [Math.min(a.x, b.x) - margin, Math.max(a.x, b.x) + margin];
  const [top, bottom] = [Math.min(a.y, b.y) - margin, Math.max(a.y, b.y) + margin];
  return boxes.filter(({ x, y, width, height }) => x < right && x + width > left && y < bottom && y + height > top);
}

function crosses(curve: Curve, boxes: readonly Box[]): boolean {
  const [from, , , to] = curve;
  for (let step = 1; step < 24; step++) {
    const point = onCurve(curve, step / 24);
    // Close to the ends the wire touches the nodes that it joins.
    if (Math.hypot(point.x - from.x, point.y - from.y) < 10 || Math.hypot(point.x - to.x, point.y - to.y) < 10)
      continue;
    if (boxes.some((box) => holds(box, point, 4))) return true;
  }
  return false;
}

const holds = ({ x, y, width, height }: Box, point: CanvasPlace, margin: number): boolean =>
  point.x > x - margin && point.x < x + width + margin && point.y > y - margin && point.y < y + height + margin;

/** Out, up or down to a free corridor, along it, and in from the left. */
function around(from: CanvasPlace, to: CanvasPlace, down: boolean, boxes: readonly Box[], lane: number): CanvasPlace[] {
  const offset = (lane % LANES) * LANE;
  const out = down ? from.x : from.x + STUB + offset;
  const into = to.x - STUB - offset;
  const least = down ? from.y + STUB : -Infinity;
  const [left, right] = [Math.min(out, into), Math.max(out, into)];
  const between = boxes.filter(({ x, width }) => x < right + 4 && x + width > left - 4);
  // Nodes lie in rows: of a thousand corridors a few dozen are different. The shortest way that crosses nothing ends the search.
  const corridors = new Set([from.y, to.y, (from.y + to.y) / 2]);
  for (const { y, height } of between) corridors.add(y - CLEARANCE - offset).add(y + height + CLEARANCE + offset);
  const ways = [...corridors]
    .filter((y) => y >= least)
    .map((y) => ({ y, way: Math.abs(y - from.y) + Math.abs(y - to.y) }))
    .sort((a, b) => a.way - b.way);
  let best = { y: down ? least : from.y, cost: Infinity };
  for (const { y, way } of ways) {
    if (way >= best.cost) break;
    const cost =
      way +
      CROSSING *
        (crossed(between, left, y, right, y) +
          crossed(between, out, from.y, out, y) +
          crossed(between, into, y, into, to.y));
    if (cost < best.cost) best = { y, cost };
  }
  return down
    ? [from, { x: out, y: best.y }, { x: into, y: best.y }, { x: into, y: to.y }, to]
    : [from, { x: out, y: from.y }, { x: out, y: best.y }, { x: into, y: best.y }, { x: into, y: to.y }, to];
}

/** How many boxes an upright or level line goes through. */
function crossed(boxes: readonly Box[], x1: number, y1: number, x2: number, y2: number): number {
  const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
  const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)];
  let count = 0;
  for (const { x, y, width, height } of boxes)
    if (x < right + 2 && x + width > left - 2 && y < bottom + 2 && y + height > top - 2) count++;
  return count;
}

function drawnCorners(given: readonly CanvasPlace[]): Route {
  const points = given.filter((point, at) => at === 0 || !same(point, given[at - 1]!));
  let path = `M${points[0]!.x},${points[0]!.y}`;
  for (let at = 1; at < points.length - 1; at++) {
    const [before, corner, after] = [points[at - 1]!, points[at]!, points[at + 1]!];
    const radius = Math.min(CORNER, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, after, radius);
    path += ` L${enter.x},${enter.y} Q${corner.x},${corner.y} ${leave.x},${leave.y}`;
  }
  const end = points.at(-1)!;
  path += ` L${end.x},${end.y}`;
  return { path, label: middleOfLongest(points) };
}

const same = (a: CanvasPlace, b: CanvasPlace) => Math.abs(a.x - b.x) < 0.5 && Math.abs(a.y - b.y) < 0.5;
const distance = (a: CanvasPlace, b: CanvasPlace) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

function towards(from: CanvasPlace, to: CanvasPlace, by: number): CanvasPlace {
  const length = distance(from, to);
  if (length === 0) return from;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}

/** The name is read from left to right: on the longest level stretch. */
function middleOfLongest(points: readonly CanvasPlace[]): CanvasPlace {
  const stretches = points.slice(1).map((end, at) => ({ start: points[at]!, end }));
  const level = stretches.filter(({ start, end }) => Math.abs(start.y - end.y) < 0.5);
  const pick = (level.length > 0 ? level : stretches).reduce((a, b) =>
    distance(b.start, b.end) > distance(a.start, a.end) ? b : a,
  );
  return { x: (pick.start.x + pick.end.x) / 2, y: (pick.start.y + pick.end.y) / 2 };
}
