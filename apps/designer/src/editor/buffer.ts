import { createStore, del, get, set } from 'idb-keyval';
import type { ScenarioDocument } from '@callwright/scenario';
import type { History } from './draft.js';

/** The copy in this browser: survives a crash, a lost network and a reload, with everything that can be undone. */
export interface Buffered extends History {
  /** The server's revision that it stands on. */
  readonly etag: string;
  /** The document of that revision: what it and somebody else's changes both go back to. */
  readonly base: ScenarioDocument;
  /** It holds something that the server does not have. */
  readonly dirty: boolean;
}

const store = createStore('callwright-drafts', 'drafts');

export const readBuffer = (scenarioId: string) => get<Buffered>(scenarioId, store);
export const writeBuffer = (scenarioId: string, buffered: Buffered) => set(scenarioId, buffered, store);
export const dropBuffer = (scenarioId: string) => del(scenarioId, store);

/** Writes the newest state a moment after a change, one write at a time: at most the last `quietMs` can be lost with the tab. */
export function bufferWriter(scenarioId: string, quietMs = 250) {
  let waiting: Buffered | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const next = waiting;
    waiting = null;
    // Private windows may refuse the store; the server's copy is then the only one, and the save state says how that stands.
    return next === null ? Promise.resolve() : writeBuffer(scenarioId, next).catch(() => undefined);
  };
  return {
    put(buffered: Buffered) {
      waiting = buffered;
      timer ??= setTimeout(() => void flush(), quietMs);
    },
    flush,
  };
}
