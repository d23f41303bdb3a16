import { cseqOf, Dialog, replyTo, type SipRequest } from '@callwright/sip';
import { AnswerKeeper } from './answer-keeper.js';
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

/** A provisional response that the caller has to acknowledge (RFC 3262). */
interface Reliable {
  readonly number: number;
  readonly keeper: AnswerKeeper;
  readonly hasBody: boolean;
}

type Field = readonly [string, string];

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
  readonly #outbox: Outbox;
  readonly #wantsReliable: boolean;
  #reliable: Reliable | null = null;
  #reliableNumber = 1 + Math.floor(Math.random() * 0x4000_0000);
  /** Our answer to the offer went with a provisional response that was acknowledged: the 200 needs none. */
  #answerAcknowledged = false;
  /** What waits until the last provisional response is acknowledged. */
  #next: (() => void) | null = null;
  #handlers: IncomingInviteHandlers | null = null;
  #state: 'coming' | 'answered' | 'over' = 'coming';

  private constructor(transaction: ServerTransaction, session: Session, outbox: Outbox, life: SessionLife) {
    this.#life = life;
    this.#outbox = outbox;
    this.#wantsReliable = transaction.request.headers.tags('Require').includes('100rel');
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
    const invite = new IncomingInvite(transaction, session, outbox, life);
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
  progress(status: 180 | 183, body: Uint8Array | null): void {
    if (this.#state !== 'coming') return;
    const fields: Field[] = [['Contact', this.session.contact], ['Allow', ALLOW], ...sdpHeaders(body)];
    // Without an offer a reliable response would have to bring ours: such a caller hears 100, and then the answer.
    if (this.#wantsReliable && this.offer === null) return;
    if (!this.#wantsReliable) return this.transaction.send(this.#response(status, fields, body));
    if (this.#reliable) this.#next = () => this.progress(status, body);
    else this.#sendReliably(status, fields, body);
  }

  /** 200. Without an offer of the caller the body is ours, and the ACK brings the answer. */
  answer(body: Uint8Array, headers: readonly Field[] = []): void {
    if (this.#state !== 'coming') return;
    if (this.#reliable?.hasBody) {
      this.#next = () => this.answer(body, headers);
      return;
    }
    this.#state = 'answered';
    this.#reliable?.keeper.acknowledged();
    this.#life.answered(this.session);
    const settled = this.#answerAcknowledged ? null : body;
    this.session.accept(this.transaction, settled, this.offer === null, headers);
  }

  /** A final refusal. */
  reject(status: number, headers: readonly Field[] = []): void {
    if (this.#state !== 'coming') return;
    this.#end();
    this.transaction.reply(status, { headers });
    this.session.discard();
  }

  /** A request within the dialog that only makes sense, or none at all, before the answer; false: it is the session's. */
  receiveEarly(transaction: ServerTransaction): boolean {
    const { method } = transaction.request;
    if (method === 'PRACK') this.#acknowledged(transaction);
    else if (this.#state !== 'coming') return false;
    else if (method === 'BYE') {
      transaction.reply(200);
      this.#giveUp();
    } else if (method === 'INVITE' || (method === 'UPDATE' && sdpOf(transaction.request))) {
      // Another offer before ours was answered (RFC 3261 section 14.2, RFC 3311 section 5.2).
      transaction.reply(500, { headers: [['Retry-After', String(1 + Math.floor(Math.random() * 10))]] });
    } else return false;
    return true;
  }

  #response(status: number, headers: readonly Field[], body: Uint8Array | null) {
    return replyTo(this.request, status, { toTag: this.session.dialog.localTag, headers, body: bodyOr(body) });
  }

  /** RFC 3262 section 3: repeated until the PRACK comes; a caller that never sends it cannot be served. */
  #sendReliably(status: number, fields: readonly Field[], body: Uint8Array | null): void {
    const number = (this.#reliableNumber += 1);
    const response = this.#response(status, [...fields, ['Require', '100rel'], ['RSeq', String(number)]], body);
    const keeper = new AnswerKeeper(this.#outbox.clock, this.transaction, response, () => {
      this.#end();
      this.transaction.reply(504);
      this.session.end('lost');
    });
    this.#reliable = { number, keeper, hasBody: body !== null };
  }

  #acknowledged(prack: ServerTransaction): void {
    if (this.session.dialog.take(prack.request) === 'old') return prack.reply(500, { headers: [['Retry-After', '1']] });
    const rack = (prack.request.headers.get('RAck') ?? '').trim().split(/[ \t]+/);
    const { number, method } = cseqOf(this.request);
    const reliable = this.#reliable;
    if (!reliable || rack.join(' ') !== `${reliable.number} ${number} ${method}`) return prack.reply(481);
    reliable.keeper.acknowledged();
    this.#reliable = null;
    this.#answerAcknowledged ||= reliable.hasBody;
    prack.reply(200);
    const next = this.#next;
    this.#next = null;
    next?.();
  }

  #end(): void {
    this.#state = 'over';
    this.#reliable?.keeper.acknowledged();
    this.#next = null;
  }

  #giveUp(): void {
    if (this.#state !== 'coming') return;
    this.#end();
    this.transaction.reply(487);
    this.session.discard();
    this.#handlers?.cancelled();
  }
}
