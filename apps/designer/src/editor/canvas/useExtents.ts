import { nodesOf } from '@callwright/scenario';
import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { useEditor } from '../EditorContext.js';
import type { Extent } from '../model/align.js';
import { boxOf } from '../model/annotations.js';
import { placeOf, type CanvasNode } from '../model/flow.js';

/** Gives the extents of nodes: where the document has them, as large as they are drawn. */
export function useExtents(): (ids: Iterable<string>) => readonly Extent[] {
  const flow = useReactFlow<CanvasNode>();
  const editor = useEditor();
  return useCallback(
    (ids) => {
      const nodes = nodesOf(editor.draft.getState().document);
      return [...ids].flatMap((id) => {
        const [drawn, node] = [flow.getNode(id), nodes.get(id)];
        return drawn?.type === 'step' && node ? [{ ...boxOf(drawn), ...placeOf(node) }] : [];
      });
    },
    [flow, editor],
  );
}
