import { createStore, type StoreApi } from 'zustand/vanilla';
import { applyEdits, type ScenarioDocument, type Edit } from '@callwright/scenario';

/** One thing that somebody did, and the document as it was before (undo) or after (redo). */
export interface Step {
  /** In words, for the button and for the list: "Move 3 nodes". */
  readonly label: string;
  readonly document: ScenarioDocument;
  readonly at: number;
  /** Steps with the same key that follow each other closely are one: a word that is typed, not its letters. */
  readonly merge?: string;
}

export interface History {
  readonly document: ScenarioDocument;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

export interface Draft extends History {
  /** Changes the document by operations, as one step. */
  edit(label: string, edits: readonly Edit[], merge?: string): void;
  /** Puts another document in its place, as one step that can be undone (an import, somebody else's version). */
  replace(label: string, document: ScenarioDocument): void;
  undo(): void;
  redo(): void;
}

export type DraftStore = StoreApi<Draft>;

const STEPS_KEPT = 200;
const MERGE_WITHIN_MS = 1500;

/** The document that is edited, with everything that was done to it. Documents are never changed, so a step shares what it left alone. */
export function createDraft(initial: History, now: () => number = Date.now): DraftStore {
  return createStore<Draft>()((set, get) => {
    const become = (document: ScenarioDocument, label: string, merge?: string) => {
      const { document: before, past } = get();
      if (document === before) return;
      const at = now();
      const last = past.at(-1);
      const joined =
        merge !== undefined && last?.merge === merge && at - last.at < MERGE_WITHIN_MS && get().future.length === 0;
      const step: Step = joined
        ? { ...last, at }
        : { label, document: before, at, ...(merge === undefined ? {} : { merge }) };
      set({ document, past: [...(joined ? past.slice(0, -1) : past), step].slice(-STEPS_KEPT), future: [] });
    };
    return {
      ...initial,
      edit: (label, edits, merge) =>
        become(edits.length === 0 ? get().document : applyEdits(get().document, edits).document, label, merge),
      replace: (label, document) => become(document, label),
      undo() {
        const { document, past, future } = get();
        const step = past.at(-1);
        if (!step) return;
        set({
          document: step.document,
          past: past.slice(0, -1),
          future: [...future, { label: step.label, document, at: step.at }],
        });
      },
      redo() {
        const { document, past, future } = get();
        const step = future.at(-1);
        if (!step) return;
        set({
          document: step.document,
          future: future.slice(0, -1),
          past: [...past, { label: step.label, document, at: step.at }],
        });
      },
    };
  });
}
