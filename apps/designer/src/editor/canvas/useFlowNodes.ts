import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useEditor } from '../EditorContext.js';
import { annotationNodes, boxOf, framed } from '../model/annotations.js';
import type { CanvasNode, EndNode, StepNode } from '../model/flow.js';
import type { ScenarioDocument } from '@callwright/scenario';
import { expected, found } from './expected.js';
import { MANY_NODES } from './flowSetUp.js';
import type { Box } from './wireRoute.js';

/**
 * What React Flow holds: places come from the document, what is selected, measured and being dragged is its own. `boxes`: the room that the
 * nodes take at rest, for wires to go around; the same list as long as nobody moved.
 */
export function useFlowNodes(document: ScenarioDocument, steps: readonly (StepNode | EndNode)[]) {
  const editor = useEditor();
  const [nodes, setNodes] = useState<CanvasNode[]>([]);

  useEffect(() => {
    setNodes((before) => {
      const known = new Map(before.map((node) => [node.id, node]));
      const next = [...annotationNodes(document), ...steps].map((node) => {
        const old = known.get(node.id);
        if (!old) return { ...node, selected: editor.selection().has(node.id) };
        const same = old.data === node.data && old.position.x === node.position.x && old.position.y === node.position.y;
        // A frame has no place of its own: it keeps the one that its nodes gave it.
        const placed =
          node.type === 'frame' ? { ...node, position: old.position, width: old.width, height: old.height } : node;
        return same ? old : ({ ...old, ...placed, selected: old.selected ?? false } as CanvasNode);
      });
      return framed(next.length > MANY_NODES ? next.map(expected) : next);
    });
  }, [document, steps, editor]);

  const change = useCallback((changes: NodeChange<CanvasNode>[]) => {
    setNodes((before) => {
      const next = applyNodeChanges(changes, before);
      const measured = changes.some(({ type }) => type === 'dimensions');
      return measured || changes.some(({ type }) => type === 'position')
        ? framed(measured ? next.map(found) : next)
        : next;
    });
  }, []);

  const dragging = nodes.some((node) => node.dragging);
  const resting = useRef<readonly Box[]>([]);
  const boxes = useMemo(() => {
    if (dragging) return resting.current;
    const now = nodes.flatMap((node) => (node.type === 'step' ? [boxOf(node)] : []));
    if (!sameBoxes(resting.current, now)) resting.current = now;
    return resting.current;
  }, [nodes, dragging]);

  return { nodes, setNodes, change, boxes };
}

const sameBoxes = (a: readonly Box[], b: readonly Box[]): boolean =>
  a.length === b.length &&
  a.every((one, at) => {
    const other = b[at]!;
    return (
      one.id === other.id &&
      one.x === other.x &&
      one.y === other.y &&
      one.width === other.width &&
      one.height === other.height
    );
  });
