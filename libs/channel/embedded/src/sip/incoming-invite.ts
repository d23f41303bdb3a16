import { Dialog, replyTo, type SipRequest } from '@callwright/sip';
import { ALLOW, type Outbox } from './outbox.js';
import { bodyOr, sdpHeaders, sdpOf } from './sdp-body.js';
import { Session } from './session.js';
import type { ServerTransaction } from './transactions/server-transaction.js';
import type { Flow } from './transport/flow.js';

/** What the user agent wants to know of a session that comes. */
export interface SessionLife {
  readonly answered: (session: Session) => void;
  readonly ended: (session: Session) => void;
}

export interface IncomingInviteHandlers {
  /** The caller gave up before the answer (CANCEL, or BYE in an early dialog). */
  readonly cancelled: () => void;
}

/** An INVITE that wants a new session, until it is answered or refused. */
export class IncomingInvite {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** The caller's session description; null: it wants ours first. */
  readonly offer: Uint8Array | null;
  readonly session: Session;
  /** For whoever challenges the caller. */
  readonly transaction: ServerTransaction;
  readonly #life: SessionLife;
  #handlers: IncomingInviteHandlers | null = null;
  #state: 'coming' | 'answered' | 'over' = 'coming';

  private constructor(transaction: ServerTransaction, session: Session, life: SessionLife) {
    this.#life = life;
    this.request = transaction.request;
    this.flow = transaction.flow;
    this.offer = sdpOf(this.request);
    this.session = session;
    this.transaction = transaction;
    transaction.handlers = { cancelled: () => this.#giveUp(), failed: () => session.end('lost') };
  }

  static async begin(transaction: ServerTransaction, outbox: Outbox, life: SessionLife): Promise<IncomingInvite> {
    const contact = await outbox.contact(transaction.flow);
    const dialog = Dialog.ofIncoming(transaction.request, transaction.toTag, 1 + Math.floor(Math.random() * 1000));
    const session: Session = new Session(dialog, transaction.flow, contact, outbox, () => life.ended(session));
    const invite = new IncomingInvite(transaction, session, life);
    // The CANCEL may have been quicker than we.
    if (transaction.cancelled) invite.#giveUp();
    return invite;
  }

  set handlers(handlers: IncomingInviteHandlers) {
    this.#handlers = handlers;
  }

  get over(): boolean {
    return this.#state === 'over';
  }

  /** 180, or 183 with our answer as early media. */
  progress(status: 180 | 183, body: Uint8Array | null, headers: readonly (readonly [string, string])[] = []): void {
    if (this.#state !== 'coming') return;
    const all = [['Contact', this.session.contact], ['Allow', ALLOW], ...headers, ...sdpHeaders(body)] as const;
    this.transaction.send(
      replyTo(this.request, status, { toTag: this.session.dialog.localTag, headers: all, body: bodyOr(body) }),
    );
  }

  /** 200. Without an offer of the caller the body is ours, and the ACK brings the answer. */
  answer(body: Uint8Array, headers: readonly (readonly [string, string])[] = []): void {
    if (this.#state !== 'coming') return;
    this.#state = 'answered';
    this.#life.answered(this.session);
    this.session.accept(this.transaction, body, this.offer === null, headers);
  }

  /** A final refusal. */
  reject(status: number, headers: readonly (readonly [string, string])[] = []): void {
    if (this.#state !== 'coming') return;
    this.#state = 'over';
    this.transaction.reply(status, { headers });
    this.session.discard();
  }

  /** A BYE, or another request, within the dialog before the answer. */
  receiveEarly(transaction: ServerTransaction): boolean {
    if (this.#state !== 'coming') return false;
    if (transaction.request.method !== 'BYE') return false;
    transaction.reply(200);
    this.#giveUp();
    return true;
  }

  #giveUp(): void {
    if (this.#state !== 'coming') return;
    this.#state = 'over';
    this.transaction.reply(487);
    this.session.discard();
    this.#handlers?.cancelled();
  }
}
