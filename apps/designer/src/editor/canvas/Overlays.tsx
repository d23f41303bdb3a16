import type { RefObject } from 'react';
import { useStore } from 'zustand';
import { useEditor } from '../EditorContext.js';
import { FindPanel } from '../find/FindPanel.js';
import { GoTo } from '../find/GoTo.js';
import { CollapseDialog } from '../subflow/CollapseDialog.js';
import { CanvasMenu } from './CanvasMenu.js';
import { OutcomePick } from './OutcomePick.js';
import { QuickAdd } from './QuickAdd.js';

/** The one question that lies over the canvas, if any. */
export function Overlays({ surface }: { surface: RefObject<HTMLElement | null> }) {
  const overlay = useStore(useEditor().overlay, (state) => state.overlay);
  switch (overlay?.kind) {
    case undefined:
      return null;
    case 'add':
      return <QuickAdd ask={overlay} surface={surface} />;
    case 'outcomes':
      return <OutcomePick node={overlay.node} />;
    case 'find':
      return <FindPanel />;
    case 'go-to':
      return <GoTo />;
    case 'menu':
      return <CanvasMenu ask={overlay} />;
    case 'collapse':
      return <CollapseDialog />;
  }
}
