import { initialOf, type ScenarioDocument } from '@callwright/scenario';
import { getViewportForBounds, useReactFlow } from '@xyflow/react';
import { useCallback, type RefObject } from 'react';
import type { CanvasNode, OutcomeEdge } from '../model/flow.js';

/** Below it, the texts of a node cannot be read. */
const READABLE_ZOOM = 0.62;
const EDGE = 60;
/** Drawings to wait for a node that is not there yet. */
const PATIENCE = 120;
export const FIT = { padding: 0.16, maxZoom: 1, duration: 250 } as const;

/** Where the canvas looks. */
export function useView(surface: RefObject<HTMLElement | null>) {
  const flow = useReactFlow<CanvasNode, OutcomeEdge>();

  /** Opens with everything in view; a drawing that would be too small to read, with its start at the left. */
  const showBeginning = useCallback(
    async (document: ScenarioDocument) => {
      const box = surface.current?.getBoundingClientRect();
      if (!box) return;
      // Found before it is shown: everything in view for a moment would put all of a large drawing into the page.
      const whole = getViewportForBounds(flow.getNodesBounds(flow.getNodes()), box.width, box.height, 0.1, 1, 0.1);
      const start = flow.getNode(initialOf(document) ?? '');
      const beginning = start && {
        zoom: READABLE_ZOOM,
        x: 40 - start.position.x * READABLE_ZOOM,
        y: box.height / 2.4 - start.position.y * READABLE_ZOOM,
      };
      await flow.setViewport(beginning && whole.zoom < READABLE_ZOOM ? beginning : whole);
    },
    [flow, surface],
  );

  /** Moves the view as far as is needed to show these nodes (`far`: puts them in the middle), and the keyboard to the first of them. */
  const reveal = useCallback(
    (ids: readonly string[], { far, focus }: { readonly far: boolean; readonly focus: boolean }) => {
      const focusNode = () => {
        const node = surface.current?.querySelector<HTMLElement>(
          `.react-flow__node[data-id="${CSS.escape(ids[0] ?? '')}"]`,
        );
        node?.focus({ preventScroll: true });
      };
      const look = (patience: number) => {
        // What was just added is in the page, and measured, a drawing or two later.
        if (patience > 0 && !ids.every((id) => flow.getNode(id))) {
          requestAnimationFrame(() => look(patience - 1));
          return;
        }
        const box = surface.current?.getBoundingClientRect();
        const bounds = flow.getNodesBounds([...ids]);
        if (box && ids.some((id) => flow.getNode(id))) {
          const topLeft = flow.flowToScreenPosition({ x: bounds.x, y: bounds.y });
          const bottomRight = flow.flowToScreenPosition({ x: bounds.x + bounds.width, y: bounds.y + bounds.height });
          const seen =
            topLeft.x > box.left + EDGE &&
            topLeft.y > box.top + EDGE / 2 &&
            bottomRight.x < box.right - EDGE &&
            bottomRight.y < box.bottom - EDGE / 2;
          if (!seen || (far && flow.getZoom() < READABLE_ZOOM)) {
            const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
            const zoom = far ? Math.max(flow.getZoom(), READABLE_ZOOM) : flow.getZoom();
            void flow.setCenter(middle.x, middle.y, { zoom, duration: 200 });
          }
        }
        if (focus) {
          focusNode();
          // Out of sight it is not in the page before the view has moved there.
          requestAnimationFrame(() => requestAnimationFrame(focusNode));
        }
      };
      look(PATIENCE);
    },
    [flow, surface],
  );
  return { showBeginning, reveal };
}
