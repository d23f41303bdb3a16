import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Draft } from './draft.js';
import type { Editor } from './Editor.js';
import type { SubflowOutcomes } from './model/flow.js';
import type { Finding } from '@callwright/scenario';

export const EditorContext = createContext<Editor | null>(null);
export const FindingsContext = createContext<readonly Finding[]>([]);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('useEditor outside of the editor');
  return editor;
}

export const useDraft = <T>(select: (draft: Draft) => T): T => useStore(useEditor().draft, select);

export const SubflowsContext = createContext<SubflowOutcomes>(() => null);
export const useSubflows = () => useContext(SubflowsContext);

/** What validation says of the draft as it is now. */
export const useFindings = () => useContext(FindingsContext);

export function useSelection(): ReadonlySet<string> {
  const editor = useEditor();
  return useSyncExternalStore(editor.onSelection, editor.selection);
}
