import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';

/** Keeps the node in view where a call stands; a drawing that fits the window stays where it is. */
export function useFollow(node: string | null): void {
  const flow = useReactFlow();
  useEffect(() => {
    const found = node === null ? undefined : flow.getNode(node);
    const pane = window.document.querySelector('.react-flow')?.getBoundingClientRect();
    if (!found || !pane) return;
    const { width = 236, height = 140 } = found.measured ?? {};
    const from = flow.flowToScreenPosition(found.position);
    const to = flow.flowToScreenPosition({ x: found.position.x + width, y: found.position.y + height });
    const seen = from.x >= pane.left && to.x <= pane.right && from.y >= pane.top && to.y <= pane.bottom;
    if (seen) return;
    const middle = { x: found.position.x + width / 2, y: found.position.y + height / 2 };
    void flow.setCenter(middle.x, middle.y, { zoom: Math.max(flow.getZoom(), 0.6), duration: 300 });
  }, [flow, node]);
}
