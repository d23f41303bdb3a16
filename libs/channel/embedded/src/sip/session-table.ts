import type { Session } from './session.js';

/** The sessions that are open: by their dialog, and whether a Call-ID is that of one of them. */
export class SessionTable {
  readonly #byDialog = new Map<string, Session>();
  /** How many dialogs have a Call-ID: two when a call comes back to us, or was forked. */
  readonly #callIds = new Map<string, number>();

  get size(): number {
    return this.#byDialog.size;
  }

  get(dialogId: string): Session | undefined {
    return this.#byDialog.get(dialogId);
  }

  knows(callId: string): boolean {
    return this.#callIds.has(callId);
  }

  add(session: Session): void {
    const { id, callId } = session.dialog;
    if (this.#byDialog.has(id)) return;
    this.#byDialog.set(id, session);
    this.#callIds.set(callId, (this.#callIds.get(callId) ?? 0) + 1);
  }

  remove({ dialog: { id, callId } }: Session): void {
    if (!this.#byDialog.delete(id)) return;
    const left = (this.#callIds.get(callId) ?? 1) - 1;
    if (left > 0) this.#callIds.set(callId, left);
    else this.#callIds.delete(callId);
  }

  clear(): void {
    this.#byDialog.clear();
    this.#callIds.clear();
  }
}
