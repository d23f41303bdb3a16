import { createStore, type StoreApi } from 'zustand/vanilla';
import { request } from '../api/client.js';
import type { Scenario } from '../api/types.js';
import { Autosave, type SaveState, type Stored } from './autosave.js';
import { bufferWriter, readBuffer, type Buffered } from './buffer.js';
import { createDraft, type DraftStore, type History } from './draft.js';
import { Editor } from './Editor.js';
import { metaOf, nameOf, type ScenarioDocument } from '@callwright/scenario';
import { needsArranging, withPlaces } from './model/layout.js';
import { sameJson } from './sameJson.js';

/** A scenario that is open: the draft, what can be done to it, and how safe it is. */
export interface OpenDraft {
  readonly scenario: Scenario;
  readonly draft: DraftStore;
  readonly editor: Editor;
  readonly save: StoreApi<SaveState>;
  /** Sends what is waiting; resolves with how it then stands. */
  flush(): Promise<SaveState>;
  /** The three ends of a conflict. Whichever is chosen, the other one stays in the history and can be brought back by undo. */
  keepMine(theirs: Stored): void;
  takeTheirs(theirs: Stored): void;
  saveMineAsCopy(name: string, theirs: Stored): Promise<Scenario>;
  close(): void;
}

const fetchStored = async (id: string): Promise<{ scenario: Scenario; stored: Stored }> => {
  const { body, etag } = await request<Scenario>('GET', `/scenarios/${id}`);
  return { scenario: body, stored: { document: body.document, etag: etag ?? '' } };
};

/** Opens a scenario: the server's draft, joined with what an earlier visit left in this browser. */
export async function openDraft(id: string, mayEdit: boolean): Promise<OpenDraft> {
  const { scenario, stored } = await fetchStored(id);
  const buffered = mayEdit ? await readBuffer(id).catch(() => undefined) : undefined;
  const { history, conflict } = join(stored, buffered);

  // Somebody who may only read sees it arranged; somebody who edits gets that as a step of the history (below).
  const document = mayEdit ? history.document : await withPlaces(history.document);
  const draft = createDraft({ ...history, document });
  const save = createStore<SaveState>()(() => ({ kind: 'saved' }));
  const buffer = bufferWriter(id);
  let etag = stored.etag;
  let safe: ScenarioDocument = stored.document;
  const keep = () => {
    const { document, past, future } = draft.getState();
    buffer.put({ document, past, future, etag, dirty: document !== safe });
  };

  const autosave = new Autosave(
    {
      put: async (document, ifMatch, leaving) => {
        const reply = await request<Scenario>('PUT', `/scenarios/${id}`, {
          body: { name: nameOf(document), document },
          ifMatch,
          keepalive: leaving,
        });
        return reply.etag ?? '';
      },
      get: async () => (await fetchStored(id)).stored,
      onState: (state) => save.setState(state, true),
      onSaved: (document, newEtag) => {
        etag = newEtag;
        safe = document;
        keep();
      },
    },
    stored,
  );

  const stopDraft = draft.subscribe((now, before) => {
    if (now.document === before.document) return;
    keep();
    autosave.changed(now.document);
  });
  if (conflict) autosave.begin(stored);
  if (history.document !== stored.document) autosave.changed(history.document);

  const leave = () => {
    void buffer.flush();
    void autosave.flush(true);
  };
  const hidden = () => window.document.visibilityState === 'hidden' && leave();
  const online = () => autosave.retryNow();
  window.addEventListener('pagehide', leave);
  window.document.addEventListener('visibilitychange', hidden);
  window.addEventListener('online', online);

  const editor = new Editor(draft, mayEdit);
  if (mayEdit && needsArranging(history.document)) await editor.arrange();
  /** The other version becomes a step of the history: undo brings it back. */
  const goOnFrom = (theirs: Stored) => {
    etag = theirs.etag;
    safe = theirs.document;
    autosave.resolve(theirs);
    keep();
  };
  return {
    scenario,
    draft,
    editor,
    save,
    flush: () => autosave.flush(),
    keepMine(theirs) {
      const mine = draft.getState().document;
      draft.getState().replace('The other version', theirs.document);
      draft.getState().replace('Keep my version', mine);
      goOnFrom(theirs);
    },
    takeTheirs(theirs) {
      draft.getState().replace('Take the other version', theirs.document);
      goOnFrom(theirs);
    },
    async saveMineAsCopy(name, theirs) {
      const mine = draft.getState().document;
      const suffix = Date.now().toString(36);
      const document = { ...mine, id: `${mine.id.slice(0, 50)}-${suffix}`, meta: { ...metaOf(mine), name } };
      const { body } = await request<Scenario>('POST', '/scenarios', { body: { name, document } });
      draft.getState().replace('Take the other version', theirs.document);
      goOnFrom(theirs);
      return body;
    },
    close() {
      leave();
      autosave.close();
      stopDraft();
      window.removeEventListener('pagehide', leave);
      window.document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('online', online);
    },
  };
}

/** What to begin with, from the server's draft and the browser's copy. */
export function join(stored: Stored, buffered: Buffered | undefined): { history: History; conflict: boolean } {
  if (!buffered) return { history: { document: stored.document, past: [], future: [] }, conflict: false };
  const { past, future } = buffered;
  const same = sameJson(buffered.document, stored.document);
  if (same) return { history: { document: stored.document, past, future }, conflict: false };
  if (buffered.dirty) {
    // Unsaved work of an earlier visit. It goes on where it was, or, when the server moved on as well, a person chooses.
    return { history: { document: buffered.document, past, future }, conflict: buffered.etag !== stored.etag };
  }
  const step = { label: 'Changes from elsewhere', document: buffered.document, at: 0 };
  return { history: { document: stored.document, past: [...past, step], future: [] }, conflict: false };
}
