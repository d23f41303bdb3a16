import { createStore, type StoreApi } from 'zustand/vanilla';
import { joinScenario, type EditorPresent } from '../../api/live.js';

export interface Present {
  /** This window. */
  readonly me: string | null;
  /** Everybody who has the scenario open, this window among them. */
  readonly editors: readonly EditorPresent[];
}

/** Who else has a scenario open. */
export interface Presence {
  readonly store: StoreApi<Present>;
  /** Tells the others what is selected here. */
  point(selection: readonly string[]): void;
  close(): void;
}

/** Selections follow each other quickly while somebody draws a rectangle: the others need the last one. */
const QUIET_MS = 120;

export interface PresenceListener {
  /** Somebody has saved the draft: another person, or this one in another window. */
  readonly onSaved: () => void;
  /** The server can be reached, at first or again. */
  readonly onConnected: () => void;
}

export function openPresence(scenarioId: string, { onSaved, onConnected }: PresenceListener): Presence {
  const store = createStore<Present>()(() => ({ me: null, editors: [] }));
  const joined = joinScenario(scenarioId, {
    onEditors: (editors, me) => {
      const before = store.getState().me;
      store.setState({ editors, me: me ?? before });
      // Each connection has an id of its own.
      if (me !== null && me !== before) onConnected();
    },
    onSaved,
  });
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    store,
    point(selection) {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => joined.point(selection), QUIET_MS);
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      joined.leave();
    },
  };
}

/** The others by person: whoever has it open twice is one. */
export function othersOf({ me, editors }: Present): readonly EditorPresent[] {
  const byName = new Map<string, EditorPresent>();
  for (const editor of editors) {
    if (editor.id === me) continue;
    const before = byName.get(editor.name);
    byName.set(editor.name, {
      ...editor,
      selection: [...(before?.selection ?? []), ...editor.selection],
    });
  }
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}

const HUES = ['violet', 'orange', 'blue', 'pink', 'cyan', 'grape', 'lime', 'indigo'] as const;

/** One colour for one person, in every window. */
export function hueOf(name: string): (typeof HUES)[number] {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return HUES[sum % HUES.length] ?? 'violet';
}

/** `ana.kovac@example.org` → `AK` */
export function initialsOf(name: string): string {
  const words = (name.split('@')[0] ?? name).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters = words.length > 1 ? `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}` : (words[0] ?? '?').slice(0, 2);
  return letters.toUpperCase();
}
