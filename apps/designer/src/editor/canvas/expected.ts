import { FAILED } from '@callwright/scenario';
import { Position, type NodeHandle } from '@xyflow/react';
import { stepHeight, stepRow, STEP_WIDTH, type CanvasNode, type StepNode } from '../model/flow.js';

/*
 * React Flow draws every node once, whether it is in view or not, to learn its size and where its handles are. Of a large drawing that is
 * most of the time that it takes to open. Nodes that say what to expect are drawn, and measured, when they come into view.
 */

/** The node with the size and the handles that it will be found to have, within a few pixels; itself once it was measured. */
export function expected(node: CanvasNode): CanvasNode {
  if (node.type !== 'step' || node.measured || node.handles) return node;
  const height = stepHeight(node.data.outcomes.length);
  return { ...node, initialWidth: STEP_WIDTH, initialHeight: height, handles: handlesOf(node, height) };
}

/** The node without what was expected of it, when it has been measured. */
export function found(node: CanvasNode): CanvasNode {
  if (!node.handles || !node.measured) return node;
  const { handles: _, ...rest } = node;
  return rest as CanvasNode;
}

function handlesOf({ data }: StepNode, height: number): NodeHandle[] {
  const outcomes = data.outcomes.map(({ name }, row): NodeHandle => ({
    id: name,
    type: 'source',
    position: Position.Right,
    x: STEP_WIDTH,
    y: stepRow(row),
  }));
  return [
    { type: 'target', position: Position.Left, x: 0, y: TARGET },
    ...outcomes,
    { id: FAILED, type: 'source', position: Position.Bottom, x: FAILED_FROM_LEFT, y: height },
  ];
}

/** As the stylesheet has them: the way in is beside the icon, the way out of a failure below its left corner. */
const TARGET = 28;
const FAILED_FROM_LEFT = 24;
