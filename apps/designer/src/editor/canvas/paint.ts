import { createContext, useContext } from 'react';

/** How a wire is painted: what tests exercise (`covered`, `bare`), or how many calls took it (`traffic`). */
export interface WirePaint {
  readonly tone: 'covered' | 'bare' | 'traffic' | 'failing';
  /** 0 … 1: how much of everything went this way. */
  readonly weight: number;
  /** Behind the name of the outcome. */
  readonly text?: string;
}

/** What stands beneath a node: figures of many calls. */
export interface NodePaint {
  /** 0 … 1: how many of the calls that came here were lost here. */
  readonly heat: number;
  readonly figures: readonly { readonly text: string; readonly tone?: 'danger' }[];
}

/** Something that is painted over a drawing and is no part of it: coverage of tests, the traffic of a month. */
export interface Paint {
  /** By edge id, `node:outcome`. */
  readonly wires: ReadonlyMap<string, WirePaint>;
  readonly nodes: ReadonlyMap<string, NodePaint>;
}

export const PaintContext = createContext<Paint | null>(null);

export const useWirePaint = (wire: string): WirePaint | null => useContext(PaintContext)?.wires.get(wire) ?? null;

export const useNodePaint = (node: string): NodePaint | null => useContext(PaintContext)?.nodes.get(node) ?? null;

/** Nodes at which a rehearsal stops; null where nothing is rehearsed. */
export interface Breakpoints {
  readonly nodes: ReadonlySet<string>;
  toggle(node: string): void;
}

export const BreakpointsContext = createContext<Breakpoints | null>(null);
