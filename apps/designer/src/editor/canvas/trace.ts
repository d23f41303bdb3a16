import { createContext, useContext } from 'react';

/** A call's way through the drawing: which nodes and wires it passed, and where it stands. */
export interface Trace {
  readonly nodes: ReadonlySet<string>;
  /** Edge ids, `node:outcome`. */
  readonly wires: ReadonlySet<string>;
  readonly current: string | null;
}

export const TraceContext = createContext<Trace | null>(null);

export function useTrace(node: string): 'current' | 'passed' | 'missed' | null {
  const trace = useContext(TraceContext);
  if (!trace) return null;
  return trace.current === node ? 'current' : trace.nodes.has(node) ? 'passed' : 'missed';
}

export function useWireTrace(wire: string): 'passed' | 'missed' | null {
  const trace = useContext(TraceContext);
  return trace ? (trace.wires.has(wire) ? 'passed' : 'missed') : null;
}
