import { ApiError, NetworkError } from '../api/client.js';
import { sameJson, type ScenarioDocument } from '@callwright/scenario';

/** How the draft stands to what the server has. */
export type SaveState =
  | { readonly kind: 'saved' }
  /** Changed, and about to be sent. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'saving' }
  /** The server cannot be reached; tried again by itself. */
  | { readonly kind: 'offline' }
  /** Somebody else saved in the meantime, and both changed the same thing. Nothing is sent until a person has chosen. */
  | { readonly kind: 'conflict'; readonly base: ScenarioDocument; readonly theirs: Stored }
  /** The server will not have it. The next change tries again. */
  | { readonly kind: 'refused'; readonly error: unknown };

export interface Stored {
  readonly document: ScenarioDocument;
  readonly etag: string;
}

/** What autosave needs of the world. */
export interface SaveHost {
  /** Sends the draft; rejects with the `ApiError` or `NetworkError` of the client. Resolves with the new ETag. */
  put(document: ScenarioDocument, etag: string, leaving: boolean): Promise<string>;
  /** What the server has now. */
  get(): Promise<Stored>;
  /**
   * Somebody else has saved `theirs`, and both go back to `base`. Makes the draft what joins theirs and its own, and gives that;
   * null when the two collide.
   */
  join(base: ScenarioDocument, theirs: Stored): ScenarioDocument | null;
  onState(state: SaveState): void;
  /** Heard after every save: what is safe, and under which ETag. */
  onSaved(document: ScenarioDocument, etag: string): void;
}

const QUIET_MS = 600;
/** Whoever types on and on is saved on the way. */
const LONGEST_WAIT_MS = 1_000;
const FIRST_RETRY_MS = 1_500;
const LAST_RETRY_MS = 10_000;

/**
 * Sends the draft to the server a moment after each change. One request at a time; the ETag of the last answer guards the next
 * request, so that a save never covers what somebody else saved (reliability: no lost update).
 */
export class Autosave {
  private wanted: ScenarioDocument;
  private safe: ScenarioDocument;
  private state: SaveState = { kind: 'saved' };
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** When the oldest change came that has not been sent; null: there is none. */
  private unsentSince: number | null = null;
  private retryMs = FIRST_RETRY_MS;
  private sending: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly host: SaveHost,
    stored: Stored,
    private etag: string = stored.etag,
  ) {
    this.wanted = stored.document;
    this.safe = stored.document;
  }

  /** The draft became this. */
  changed(document: ScenarioDocument): void {
    this.wanted = document;
    if (this.state.kind === 'conflict') return;
    if (document === this.safe && !this.sending) {
      this.cancel();
      this.become({ kind: 'saved' });
      return;
    }
    if (this.state.kind !== 'offline') this.become({ kind: 'pending' });
    this.unsentSince ??= Date.now();
    this.after(Math.min(QUIET_MS, Math.max(0, this.unsentSince + LONGEST_WAIT_MS - Date.now())));
  }

  /** Sends now what is waiting (before a publish, on leaving). Resolves when it is safe or cannot be made so. */
  async flush(leaving = false): Promise<SaveState> {
    this.cancel();
    while (this.sending) await this.sending;
    if (this.wanted !== this.safe && this.state.kind !== 'conflict') await this.send(leaving);
    return this.state;
  }

  /** A person has looked at both: goes on from `theirs.etag`, and what the draft holds now is sent over it. */
  resolve(theirs: Stored): void {
    this.etag = theirs.etag;
    this.safe = theirs.document;
    this.become({ kind: 'pending' });
    this.changed(this.wanted);
  }

  /** Begins with unsaved work of an earlier visit that goes back to `base`, and a server that went on without it. */
  begin(base: ScenarioDocument, draft: ScenarioDocument, theirs: Stored): void {
    this.safe = base;
    this.wanted = draft;
    this.meet(theirs);
  }

  /** Somebody else has saved: takes what is new. With a save of our own on its way, that one will hear of it by itself. */
  async pull(): Promise<void> {
    while (this.sending) await this.sending;
    if (this.closed || this.state.kind === 'conflict') return;
    const known = this.etag;
    try {
      const theirs = await this.host.get();
      // A save of ours that succeeded meanwhile stood on the newest: what was read before it is older.
      if (this.etag === known && theirs.etag !== known && !this.sending) this.meet(theirs);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      // The next save will hear of it.
    }
  }

  /** The network came back: no need to wait for the next try. */
  retryNow(): void {
    if (this.state.kind === 'offline') this.after(0);
  }

  close(): void {
    this.closed = true;
    this.cancel();
  }

  private after(ms: number): void {
    this.cancel();
    if (!this.closed) this.timer = setTimeout(() => void this.flush(), ms);
  }

  private cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private become(state: SaveState): void {
    this.state = state;
    this.host.onState(state);
  }

  private send(leaving: boolean): Promise<void> {
    const document = this.wanted;
    this.unsentSince = null;
    this.sending = this.attempt(document, leaving).finally(() => {
      this.sending = null;
      const quiet = this.state.kind === 'saved' || this.state.kind === 'saving';
      if (quiet && this.wanted !== this.safe) {
        this.become({ kind: 'pending' });
        this.after(QUIET_MS);
      }
    });
    return this.sending;
  }

  private async attempt(document: ScenarioDocument, leaving: boolean): Promise<void> {
    this.become({ kind: 'saving' });
    try {
      this.etag = await this.host.put(document, this.etag, leaving);
      this.nowSafe(document);
    } catch (error) {
      if (error instanceof NetworkError || (error instanceof ApiError && (error.status >= 500 || error.status === 429)))
        this.awayFor(error);
      else if (error instanceof ApiError && error.status === 412) await this.lost(document);
      else this.become({ kind: 'refused', error });
    }
  }

  private nowSafe(document: ScenarioDocument): void {
    this.safe = document;
    this.retryMs = FIRST_RETRY_MS;
    this.host.onSaved(document, this.etag);
    this.become({ kind: 'saved' });
  }

  private awayFor(error: NetworkError | ApiError): void {
    this.become({ kind: 'offline' });
    const asked = error instanceof ApiError && error.retryAfter !== null ? error.retryAfter * 1000 : 0;
    this.after(Math.max(this.retryMs, asked));
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  /** 412. It may be our own save whose answer was lost on the way: then both are the same, and there is no conflict. */
  private async lost(document: ScenarioDocument): Promise<void> {
    try {
      const theirs = await this.host.get();
      if (sameJson(theirs.document, document)) {
        this.etag = theirs.etag;
        this.nowSafe(document);
      } else this.meet(theirs);
    } catch (error) {
      if (error instanceof NetworkError) this.awayFor(error);
      else this.become({ kind: 'refused', error });
    }
  }

  /** Joins somebody else's save with the draft, or stops for a person to choose. */
  private meet(theirs: Stored): void {
    const base = this.safe;
    const joined = this.host.join(base, theirs);
    if (joined === null) return this.become({ kind: 'conflict', base, theirs });
    this.etag = theirs.etag;
    this.safe = theirs.document;
    this.host.onSaved(theirs.document, theirs.etag);
    this.changed(joined);
  }
}
