import { applyEdits, nodesOf, type ScenarioDocument } from '@callwright/scenario';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, NetworkError } from '../api/client.js';
import { frontDesk } from '../testing/scenarios.js';
import { Autosave, type SaveState, type Stored } from './autosave.js';
import { joinedWith } from './openDraft.js';

const labelled = (label: string) => applyEdits(frontDesk(), [{ type: 'set-label', id: 'menu', label }]).document;

/** A server that keeps one draft under an ETag, and can be away. */
class Server {
  revision = 1;
  document: ScenarioDocument = frontDesk();
  away = false;
  /** The save arrives, its answer does not. */
  loseAnswer = false;
  /** What is read now arrives when this is resolved. */
  reading: Promise<void> = Promise.resolve();
  readonly saved: ScenarioDocument[] = [];

  get etag() {
    return `"${this.revision}"`;
  }

  put(document: ScenarioDocument, etag: string) {
    if (this.away) return Promise.reject(new NetworkError('away'));
    if (etag !== this.etag) return Promise.reject(new ApiError(412, 'scenario.lost-update', 'Somebody else saved.'));
    this.document = document;
    this.revision += 1;
    this.saved.push(document);
    return this.loseAnswer ? Promise.reject(new NetworkError('lost')) : Promise.resolve(this.etag);
  }

  somebodyElseSaves(document: ScenarioDocument) {
    this.document = document;
    this.revision += 1;
  }
}

function opened() {
  const server = new Server();
  const states: SaveState[] = [];
  const onSaved = vi.fn();
  /** The page's draft, which a join changes. */
  const page = { draft: server.document };
  const autosave = new Autosave(
    {
      put: (document, etag) => server.put(document, etag),
      get: async () => {
        if (server.away) throw new NetworkError('away');
        const read = { document: server.document, etag: server.etag };
        await server.reading;
        return read;
      },
      join: (base: ScenarioDocument, theirs: Stored) => {
        const joined = joinedWith(base, page.draft, theirs.document);
        if (joined) page.draft = joined;
        return joined;
      },
      onState: (state) => void states.push(state),
      onSaved,
    },
    { document: server.document, etag: server.etag },
  );
  const edit = (document: ScenarioDocument) => {
    page.draft = document;
    autosave.changed(document);
  };
  return { server, autosave, page, edit, states, onSaved, last: () => states.at(-1)?.kind };
}

describe('autosave', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('sends the newest draft once, a moment after the last change', async () => {
    const { server, autosave, last } = opened();
    autosave.changed(labelled('M'));
    await vi.advanceTimersByTimeAsync(300);
    autosave.changed(labelled('Main'));
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.saved).toEqual([labelled('Main')]);
    expect(last()).toBe('saved');
  });

  it('sends one request at a time, and what came in between after it', async () => {
    const { server, autosave, last } = opened();
    autosave.changed(labelled('one'));
    const flushed = autosave.flush();
    autosave.changed(labelled('two'));
    await flushed;
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.document).toEqual(labelled('two'));
    expect(last()).toBe('saved');
  });

  it('keeps trying while the server is away, and loses nothing', async () => {
    const { server, autosave, last } = opened();
    server.away = true;
    autosave.changed(labelled('offline'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(last()).toBe('offline');
    autosave.changed(labelled('still offline'));
    await vi.advanceTimersByTimeAsync(10_000);
    server.away = false;
    await vi.advanceTimersByTimeAsync(25_000);
    expect(server.document).toEqual(labelled('still offline'));
    expect(last()).toBe('saved');
  });

  it('stops at somebody else’s save instead of covering it', async () => {
    const { server, edit, states } = opened();
    server.somebodyElseSaves(labelled('theirs'));
    edit(labelled('mine'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.document).toEqual(labelled('theirs'));
    expect(states.at(-1)).toMatchObject({
      kind: 'conflict',
      base: frontDesk(),
      theirs: { document: labelled('theirs'), etag: '"2"' },
    });
  });

  it('goes on from the other version once a person has chosen', async () => {
    const { server, autosave, edit, last } = opened();
    server.somebodyElseSaves(labelled('theirs'));
    edit(labelled('mine'));
    await vi.advanceTimersByTimeAsync(1000);
    autosave.resolve({ document: server.document, etag: server.etag });
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.document).toEqual(labelled('mine'));
    expect(last()).toBe('saved');
  });

  it('joins what somebody else saved elsewhere in the drawing, and goes on', async () => {
    const { server, edit, page, last } = opened();
    const theirs = applyEdits(frontDesk(), [{ type: 'set-label', id: 'answer', label: 'Theirs' }]).document;
    server.somebodyElseSaves(theirs);
    edit(labelled('Mine'));
    await vi.advanceTimersByTimeAsync(3000);
    expect(last()).toBe('saved');
    const labels = [...nodesOf(server.document).values()].map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['Theirs', 'Mine']));
    expect(server.document).toEqual(page.draft);
  });

  it('takes what somebody else saved, when it hears of it', async () => {
    const { server, autosave, page, last } = opened();
    server.somebodyElseSaves(labelled('theirs'));
    await autosave.pull();
    await vi.advanceTimersByTimeAsync(3000);
    expect(page.draft).toBe(server.document);
    expect(server.saved).toEqual([]);
    expect(last()).toBe('saved');
  });

  it('does not take an older draft, that arrives late, for somebody else’s', async () => {
    const { server, autosave, page, edit, last } = opened();
    let arrive = () => {};
    server.reading = new Promise((resolve) => (arrive = resolve));
    const pulled = autosave.pull();
    edit(labelled('mine'));
    await vi.advanceTimersByTimeAsync(700);
    expect(last()).toBe('saved');
    arrive();
    await pulled;
    await vi.advanceTimersByTimeAsync(3000);
    expect([page.draft, server.document]).toEqual([labelled('mine'), labelled('mine')]);
  });

  it('saves on the way while somebody types on and on', async () => {
    const { server, autosave } = opened();
    for (let letter = 0; letter < 20; letter++) {
      autosave.changed(labelled(`typing ${letter}`));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(server.saved.length).toBeGreaterThanOrEqual(3);
  });

  it('begins with unsaved work of an earlier visit, and joins it with what the server got', async () => {
    const { server, autosave, page, last } = opened();
    const theirs = applyEdits(frontDesk(), [{ type: 'set-label', id: 'answer', label: 'Theirs' }]).document;
    server.somebodyElseSaves(theirs);
    page.draft = labelled('unsaved');
    autosave.begin(frontDesk(), page.draft, { document: theirs, etag: server.etag });
    await vi.advanceTimersByTimeAsync(3000);
    expect(last()).toBe('saved');
    expect(nodesOf(server.document).get('menu')?.label).toBe('unsaved');
    expect(nodesOf(server.document).get('answer')?.label).toBe('Theirs');
  });

  it('knows its own save again when only the answer was lost', async () => {
    const { server, autosave, last } = opened();
    server.loseAnswer = true;
    autosave.changed(labelled('arrived'));
    await vi.advanceTimersByTimeAsync(1000);
    server.loseAnswer = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(last()).toBe('saved');
    expect(server.saved).toHaveLength(1);
  });

  it('says when the server will not have the draft, and tries the next change', async () => {
    const { server, autosave, last } = opened();
    vi.spyOn(server, 'put').mockRejectedValueOnce(new ApiError(400, 'scenario.not-a-document', 'No.'));
    autosave.changed(labelled('bad'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(last()).toBe('refused');
    autosave.changed(labelled('good'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(last()).toBe('saved');
  });

  it('is saved when a change is taken back before it was sent', async () => {
    const { server, autosave, last } = opened();
    const before = server.document;
    autosave.changed(labelled('M'));
    autosave.changed(before);
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.saved).toEqual([]);
    expect(last()).toBe('saved');
  });
});
