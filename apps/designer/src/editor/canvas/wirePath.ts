import { Position } from '@xyflow/react';
import type { CanvasPlace } from '@callwright/scenario';

/** Where the name sits on the wire: near its outcome, where wires that end at one node are still apart. */
const LABEL_AT = 0.3;
const LEAST_REACH = 50;

export interface WireEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly sourcePosition: Position;
  readonly targetX: number;
  readonly targetY: number;
}

/** A curve that leaves an outcome in its direction and comes in from the left. */
export function wirePath({ sourceX, sourceY, sourcePosition, targetX, targetY }: WireEnds): {
  path: string;
  label: CanvasPlace;
} {
  const forward = targetX - sourceX;
  const reach =
    forward >= 0
      ? Math.max(LEAST_REACH, forward / 2)
      : Math.max(LEAST_REACH, Math.min(220, -forward / 3 + Math.abs(targetY - sourceY) / 4));
  const down = sourcePosition === Position.Bottom;
  const from = { x: sourceX, y: sourceY };
  const leave = down
    ? { x: sourceX, y: sourceY + Math.max(LEAST_REACH, Math.abs(targetY - sourceY) / 2) }
    : { x: sourceX + reach, y: sourceY };
  const arrive = { x: targetX - reach, y: targetY };
  const to = { x: targetX, y: targetY };
  return {
    path: `M${from.x},${from.y} C${leave.x},${leave.y} ${arrive.x},${arrive.y} ${to.x},${to.y}`,
    label: { x: at(from.x, leave.x, arrive.x, to.x), y: at(from.y, leave.y, arrive.y, to.y) },
  };
}

/** The cubic Bézier curve at `LABEL_AT`. */
const at = (a: number, b: number, c: number, d: number): number => {
  const t = LABEL_AT;
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
};
