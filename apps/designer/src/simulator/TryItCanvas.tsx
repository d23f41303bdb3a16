import { useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, type ReactNode } from 'react';
import { traceOf } from '../calls/traceOf.js';
import { BreakpointsContext, PaintContext } from '../editor/canvas/paint.js';
import { TraceContext } from '../editor/canvas/trace.js';
import { useDraft } from '../editor/EditorContext.js';
import { paintOf } from './scenarioTests.js';
import { useTryIt, useTryOut } from './useTryIt.js';

/** Lays what is tried over the drawing: the way of the call, its breakpoints, and what the tests exercise. */
export function TryItCanvas({ children }: { children: ReactNode }) {
  const { shown, tryOut, results, painted } = useTryIt();
  const document = useDraft((draft) => draft.document);
  const running = useTryOut((state) => state.document);
  const phase = useTryOut((state) => state.phase);
  const events = useTryOut((state) => state.events);
  const nodes = useTryOut((state) => state.breakpoints);
  const trace = useMemo(
    () => (shown && phase !== 'idle' && running ? traceOf(events, running) : null),
    [shown, phase, running, events],
  );
  const paint = useMemo(
    () => (shown && painted && trace === null && results?.document === document ? paintOf(results.coverage) : null),
    [shown, painted, trace, results, document],
  );
  const breakpoints = useMemo(
    () => (shown ? { nodes, toggle: (node: string) => tryOut.toggleBreakpoint(node) } : null),
    [shown, nodes, tryOut],
  );
  return (
    <TraceContext value={trace}>
      <PaintContext value={paint}>
        <BreakpointsContext value={breakpoints}>
          {trace && <Follow node={trace.current} />}
          {children}
        </BreakpointsContext>
      </PaintContext>
    </TraceContext>
  );
}

/** Keeps the node in view where the call stands; a drawing that fits the window stays where it is. */
function Follow({ node }: { node: string | null }) {
  const flow = useReactFlow();
  useEffect(() => {
    const found = node === null ? undefined : flow.getNode(node);
    const pane = window.document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect();
    if (!found || !pane) return;
    const { width = 236, height = 140 } = found.measured ?? {};
    const from = flow.flowToScreenPosition(found.position);
    const to = flow.flowToScreenPosition({ x: found.position.x + width, y: found.position.y + height });
    const seen = from.x >= pane.left && to.x <= pane.right && from.y >= pane.top && to.y <= pane.bottom;
    if (seen) return;
    const middle = { x: found.position.x + width / 2, y: found.position.y + height / 2 };
    void flow.setCenter(middle.x, middle.y, { zoom: Math.max(flow.getZoom(), 0.6), duration: 300 });
  }, [flow, node]);
  return null;
}
