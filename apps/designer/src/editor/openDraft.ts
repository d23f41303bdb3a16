import { createStore, type StoreApi } from 'zustand/vanilla';
import { differencesOf, mergeScenarios, metaOf, nameOf, type ScenarioDocument, sameJson } from '@callwright/scenario';
import { NetworkError, request } from '../api/client.js';
import type { Scenario } from '../api/types.js';
import { t } from '../i18n/i18n.js';
import { Autosave, type SaveState, type Stored } from './autosave.js';
import { bufferWriter, readBuffer, type Buffered } from './buffer.js';
import { createDraft, type DraftStore, type History } from './draft.js';
import { Editor } from './Editor.js';
import { needsArranging, withPlaces } from './model/layout.js';
import { openPresence, type Presence } from './presence/openPresence.js';

/** A scenario that is open: the draft, what can be done to it, how safe it is, and who else has it open. */
export interface OpenDraft {
  readonly scenario: Scenario;
  readonly draft: DraftStore;
  readonly editor: Editor;
  readonly save: StoreApi<SaveState>;
  readonly presence: Presence;
  /** Sends what is waiting; resolves with how it then stands. */
  flush(): Promise<SaveState>;
  /** The ends of a conflict. Whichever is chosen, the others stay in the history and can be brought back by undo. */
  keepJoined(joined: ScenarioDocument, theirs: Stored): void;
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
  const { history, unsaved } = pickUp(stored, buffered);

  // Somebody who may only read sees it arranged; somebody who edits gets that as a step of the history (below).
  const document = mayEdit ? history.document : await withPlaces(history.document);
  const draft = createDraft({ ...history, document });
  const save = createStore<SaveState>()(() => ({ kind: 'saved' }));
  const buffer = bufferWriter(id);
  let etag = stored.etag;
  let safe: ScenarioDocument = stored.document;
  const keep = () => {
    const { document, past, future } = draft.getState();
    buffer.put({ document, past, future, etag, base: safe, dirty: document !== safe });
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
      join: (base, theirs) => {
        const joined = joinedWith(base, draft.getState().document, theirs.document);
        if (joined) draft.getState().replace(t('Join the changes of somebody else'), joined);
        return joined && draft.getState().document;
      },
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
    if (!mayEdit || now.document === before.document) return;
    keep();
    autosave.changed(now.document);
  });
  if (unsaved) {
    etag = unsaved.etag;
    safe = unsaved.base;
    autosave.begin(unsaved.base, history.document, stored);
  } else if (history.document !== stored.document) autosave.changed(history.document);

  /** Takes what somebody else has saved. */
  const catchUp = () => {
    if (mayEdit) void autosave.pull();
    else void lookAgain().catch(ignoreLostNetwork);
  };
  const lookAgain = async () => {
    const { stored: theirs } = await fetchStored(id);
    if (theirs.etag === etag) return;
    etag = theirs.etag;
    draft.setState({ document: await withPlaces(theirs.document) });
  };
  const presence = openPresence(id, {
    onConnected() {
      autosave.retryNow();
      // What was saved before this window was told of saves, or while it was not.
      catchUp();
    },
    onSaved: catchUp,
  });
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
  const stopPointing = editor.onSelection(() => presence.point([...editor.selection()]));
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
    presence,
    flush: () => autosave.flush(),
    keepJoined(joined, theirs) {
      draft.getState().replace(t('The other version'), theirs.document);
      draft.getState().replace(t('Join both versions'), joined);
      goOnFrom(theirs);
    },
    takeTheirs(theirs) {
      draft.getState().replace(t('Take the other version'), theirs.document);
      goOnFrom(theirs);
    },
    async saveMineAsCopy(name, theirs) {
      const mine = draft.getState().document;
      const suffix = Date.now().toString(36);
      const document = { ...mine, id: `${mine.id.slice(0, 50)}-${suffix}`, meta: { ...metaOf(mine), name } };
      const { body } = await request<Scenario>('POST', '/scenarios', { body: { name, document } });
      draft.getState().replace(t('Take the other version'), theirs.document);
      goOnFrom(theirs);
      return body;
    },
    close() {
      leave();
      autosave.close();
      stopDraft();
      stopPointing();
      presence.close();
      window.removeEventListener('pagehide', leave);
      window.document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('online', online);
    },
  };
}

/** Both changes in one document, when they do not collide. Theirs itself when nothing of ours is left beside it. */
export function joinedWith(
  base: ScenarioDocument,
  mine: ScenarioDocument,
  theirs: ScenarioDocument,
): ScenarioDocument | null {
  const { document, collisions } = mergeScenarios(base, mine, theirs);
  if (collisions.length > 0) return null;
  return differencesOf(document, theirs).length === 0 ? theirs : document;
}

/** What to begin with, from the server's draft and the browser's copy. */
export function pickUp(
  stored: Stored,
  buffered: Buffered | undefined,
): {
  history: History;
  /** Work that never reached the server, which went on without it: what it goes back to. */
  unsaved: { readonly base: ScenarioDocument; readonly etag: string } | null;
} {
  if (!buffered) return { history: { document: stored.document, past: [], future: [] }, unsaved: null };
  const { document, past, future, etag, base, dirty } = buffered;
  if (sameJson(document, stored.document))
    return { history: { document: stored.document, past, future }, unsaved: null };
  if (dirty) {
    // It goes on where it was, or is joined with what the server got meanwhile.
    return { history: { document, past, future }, unsaved: etag === stored.etag ? null : { base, etag } };
  }
  const step = { label: t('Changes from elsewhere'), document, at: 0 };
  return { history: { document: stored.document, past: [...past, step], future: [] }, unsaved: null };
}

/** The next save is heard of when the network is back. */
const ignoreLostNetwork = (error: unknown) => {
  if (!(error instanceof NetworkError)) throw error;
};
