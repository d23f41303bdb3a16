import { useMemo, type ReactNode } from 'react';
import { traceOf } from '../calls/traceOf.js';
import { BreakpointsContext, PaintContext } from '../editor/canvas/paint.js';
import { TraceContext } from '../editor/canvas/trace.js';
import { useFollow } from '../editor/canvas/useFollow.js';
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

function Follow({ node }: { node: string | null }) {
  useFollow(node);
  return null;
}
