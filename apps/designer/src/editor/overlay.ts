import type { CanvasPlace } from '@callwright/scenario';
import { createStore } from 'zustand/vanilla';

/** What lies over the canvas and asks something. `screen`: in px of the window; without it, where the canvas finds it fit. */
export type Overlay =
  | {
      readonly kind: 'add';
      readonly screen?: CanvasPlace | undefined;
      /** The outcome that is led somewhere. */
      readonly from?: { readonly node: string; readonly outcome: string };
      /** The new node comes behind the one that it is led from, and not where the question is. */
      readonly behind?: boolean;
      /** The wire (`node:outcome`) that the node is put into. */
      readonly into?: string;
    }
  /** Which outcome of this node is to be led somewhere. */
  | { readonly kind: 'outcomes'; readonly node: string }
  | { readonly kind: 'find' }
  | { readonly kind: 'go-to' }
  | { readonly kind: 'menu'; readonly screen: CanvasPlace; readonly on: string | null }
  | { readonly kind: 'collapse' };

export const createOverlay = () => createStore<{ readonly overlay: Overlay | null }>()(() => ({ overlay: null }));
