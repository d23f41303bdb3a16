import {
  cseqOf,
  type Dialog,
  type DigestClient,
  offerWarning,
  replyTo,
  type SipRequest,
  type SipResponse,
} from '@callwright/sip';
import { AnswerKeeper } from './answer-keeper.js';
import { ALLOW, SUPPORTED, type Outbox } from './outbox.js';
import { bodyOr, hasForeignBody, SDP_TYPE, sdpHeaders, sdpOf } from './sdp-body.js';
import type { SessionMedia } from './session-media.js';
import { SessionRefresh } from './session-refresh.js';
import type { ServerTransaction } from './transactions/server-transaction.js';
import type { Flow } from './transport/flow.js';

/** Why a session is over. */
export type SessionEnd =
  /** The far end sent BYE. */
  | 'bye'
  /** We did. */
  | 'hung-up'
  /** The far end does not know the session any more, or does not answer. */
  | 'lost'
  /** Our 200 was never acknowledged. */
  | 'no-ack'
  /** Nobody refreshed the session (RFC 4028). */
  | 'expired'
  /** What the far end answered cannot be used. */
  | 'bad-media';

export interface SessionHandlers {
  readonly media: SessionMedia;
  /** INFO with a body; false when its type is not known (415). */
  readonly info: (contentType: string, body: Uint8Array) => boolean;
  /** MESSAGE; false when its type is not known (415). */
  readonly message: (contentType: string, body: Uint8Array) => boolean;
  /** Told once. */
  readonly ended: (why: SessionEnd) => void;
}

/** A re-INVITE was refused for a reason that is mended: it is sent again at once. */
const RETRY = 0;

/** An established (or, for the answering side, coming) session: one dialog, its requests in both directions. */
export class Session {
  readonly dialog: Dialog;
  readonly #outbox: Outbox;
  readonly #contact: string;
  readonly #onEnd: () => void;
  readonly #unacknowledged = new Map<number, { keeper: AnswerKeeper; offered: boolean }>();
  readonly #refresh: SessionRefresh;
  readonly #digest: DigestClient | null;
  #flow: Flow;
  #handlers: SessionHandlers | null = null;
  #ended = false;
  #byeWaits = false;
  #ourOffer = false;

  /** `digest` answers challenges of the far end to requests within the dialog. */
  constructor(
    dialog: Dialog,
    flow: Flow,
    contact: string,
    outbox: Outbox,
    onEnd: () => void,
    digest: DigestClient | null = null,
  ) {
    this.dialog = dialog;
    this.#digest = digest;
    this.#flow = flow;
    this.#contact = contact;
    this.#outbox = outbox;
    this.#onEnd = onEnd;
    this.#refresh = new SessionRefresh(outbox.clock, {
      refresh: () => void this.reoffer(),
      expired: () => this.hangUp('expired'),
    });
  }

  set handlers(handlers: SessionHandlers) {
    this.#handlers = handlers;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The way to the far end. */
  get flow(): Flow {
    return this.#flow;
  }

  get contact(): string {
    return this.#contact;
  }

  /** Answers an INVITE (the first or a later one) with 200 and repeats it until the ACK. `offered`: the body is our offer, the ACK brings the answer. */
  accept(
    transaction: ServerTransaction,
    body: Uint8Array | null,
    offered: boolean,
    headers: readonly (readonly [string, string])[] = [],
  ): void {
    const { request } = transaction;
    const response = replyTo(request, 200, {
      toTag: this.dialog.localTag,
      headers: [
        ['Contact', this.#contact],
        ['Allow', ALLOW],
        ['Supported', SUPPORTED.join(', ')],
        ...this.#refresh.answer(request),
        ...headers,
        ...sdpHeaders(body),
      ],
      body: bodyOr(body),
    });
    const cseq = cseqOf(request).number;
    const keeper = new AnswerKeeper(this.#outbox.clock, transaction, response, () => {
      this.#unacknowledged.delete(cseq);
      this.#byeWaits = false;
      void this.#sendBye();
      this.end('no-ack');
    });
    this.#unacknowledged.set(cseq, { keeper, offered });
  }

  /** A request within the dialog. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (this.dialog.take(request) === 'old') return transaction.reply(500, { headers: [['Retry-After', '1']] });
    if (this.#ended && request.method !== 'BYE') return transaction.reply(481);
    switch (request.method) {
      case 'BYE':
        transaction.reply(200);
        return this.end('bye');
      case 'INVITE':
        return this.#reinvited(transaction);
      case 'UPDATE':
        return this.#updated(transaction);
      case 'INFO':
        return this.#told(transaction, this.#handlers?.info);
      case 'MESSAGE':
        return this.#told(transaction, this.#handlers?.message);
      case 'OPTIONS':
        return transaction.reply(200, {
          headers: [
            ['Allow', ALLOW],
            ['Accept', SDP_TYPE],
            ['Supported', SUPPORTED.join(', ')],
          ],
        });
      case 'REFER':
        return transaction.reply(403);
      case 'PRACK':
      case 'NOTIFY':
        // Of a response, or of a subscription, that does not exist.
        return transaction.reply(481);
      default:
        return transaction.reply(405, { headers: [['Allow', ALLOW]] });
    }
  }

  /** The ACK of a 2xx of ours. */
  acknowledged(ack: SipRequest): void {
    const cseq = cseqOf(ack).number;
    const waiting = this.#unacknowledged.get(cseq);
    if (!waiting) return;
    waiting.keeper.acknowledged();
    this.#unacknowledged.delete(cseq);
    if (this.#byeWaits) {
      this.#byeWaits = false;
      void this.#sendBye();
      return;
    }
    if (!waiting.offered || this.#ended) return;
    const answer = sdpOf(ack);
    if (!answer || !this.#handlers?.media.accept(answer)) this.hangUp('bad-media');
  }

  /** Says goodbye. While our 200 waits for its ACK the BYE waits too (RFC 3261 section 15). */
  hangUp(why: SessionEnd = 'hung-up'): void {
    if (this.#ended) return;
    if (this.#unacknowledged.size > 0) this.#byeWaits = true;
    else void this.#sendBye();
    this.end(why);
  }

  /** Ends without a word: the far end knows. */
  end(why: SessionEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#refresh.stop();
    if (!this.#byeWaits) this.#forgetAnswers();
    if (why === 'bye' || why === 'lost') this.#onEnd();
    this.#handlers?.ended(why);
  }

  /** Never was one: the call was refused, or the caller gave up before the answer. */
  discard(): void {
    this.#ended = true;
    this.#refresh.stop();
    this.#onEnd();
  }

  /** Sends INFO or MESSAGE; resolves with the final status (408: no answer). */
  async tell(method: 'INFO' | 'MESSAGE', contentType: string, body: Uint8Array): Promise<number> {
    const request = this.dialog.request(method);
    request.headers.add('Content-Type', contentType);
    const response = await this.#ask({ ...request, body });
    return response?.status ?? 408;
  }

  /** Offers anew what `media` wants now. Resolves with the final status; on a glare (491) it waits and tries again. */
  async reoffer(): Promise<number> {
    for (let attempt = 1; !this.#ended; attempt++) {
      const status = await this.#reofferOnce();
      if (status === RETRY) continue;
      if (status !== 491 || attempt >= 4) return status;
      // RFC 3261 section 14.1; which side waits longer is left to chance.
      const wait = 2100 + Math.random() * 1900;
      await new Promise<void>((resolve) => this.#outbox.clock.at(this.#outbox.clock.now() + wait, resolve));
    }
    return 481;
  }

  async #reofferOnce(): Promise<number> {
    if (this.#ourOffer || this.#unacknowledged.size > 0 || !this.#handlers) return 491;
    this.#ourOffer = true;
    try {
      const body = this.#handlers.media.offer();
      const request = this.dialog.request('INVITE');
      for (const [name, value] of [
        ['Contact', this.#contact],
        ['Allow', ALLOW],
        ['Supported', 'timer'],
        ...this.#refresh.fields,
        ...sdpHeaders(body),
      ] as const) {
        request.headers.add(name, value);
      }
      const response = await this.#ask({ ...request, body });
      if (response?.status === 422 && this.#refresh.lengthen(response)) return RETRY;
      if (!response || response.status >= 300 || this.#ended) return response?.status ?? 408;
      const answer = sdpOf(response);
      if (!answer || !this.#handlers.media.accept(answer)) {
        this.hangUp('bad-media');
        return 488;
      }
      this.#refresh.adopt(response);
      return response.status;
    } finally {
      this.#ourOffer = false;
    }
  }

  /** Sends a request within the dialog, answering one challenge; null: nobody answered. What says that the dialog is gone ends it (RFC 3261 section 12.2.1.2). */
  async #ask(request: SipRequest): Promise<SipResponse | null> {
    let response = await this.#askOnce(request);
    const challenge =
      response?.status === 401 ? 'WWW-Authenticate' : response?.status === 407 ? 'Proxy-Authenticate' : null;
    if (response && challenge && this.#digest?.accept(response.headers.all(challenge), 0)) {
      const value = this.#digest.authorize(request.method, request.uri) ?? '';
      const headers = request.headers
        .clone()
        .set('CSeq', this.dialog.request(request.method).headers.get('CSeq') ?? '');
      headers.add(response.status === 401 ? 'Authorization' : 'Proxy-Authorization', value);
      response = await this.#askOnce({ ...request, headers });
    }
    if (request.method !== 'BYE' && (!response || response.status === 481 || response.status === 408)) {
      if (!response) void this.#sendBye();
      this.end('lost');
    }
    return response;
  }

  async #askOnce(request: SipRequest): Promise<SipResponse | null> {
    const flow = await this.#nextHop();
    const cseq = cseqOf(request).number;
    return new Promise<SipResponse | null>((resolve) => {
      this.#outbox
        .send(request, flow, {
          response: (response) => {
            if (response.status < 200) return;
            if (request.method === 'INVITE' && response.status < 300) {
              this.dialog.refreshTarget(response);
              void this.#sendAck(cseq);
            }
            resolve(response);
          },
          failed: () => resolve(null),
        })
        .catch(() => resolve(null));
    });
  }

  /** Until the BYE is answered the session is still known: the far end's own BYE may cross it. */
  async #sendBye(): Promise<void> {
    this.#forgetAnswers();
    await this.#ask(this.dialog.request('BYE'));
    this.#onEnd();
  }

  async #sendAck(cseq: number): Promise<void> {
    await this.#outbox.sendAck(this.dialog.ack(cseq), await this.#nextHop());
  }

  /** Every 2xx, also a repeated one, is acknowledged. */
  acknowledge(cseq: number): void {
    void this.#sendAck(cseq);
  }

  /** A target that leads nowhere leaves us with the peer that we know. */
  async #nextHop(): Promise<Flow> {
    this.#flow = await this.#outbox.flowTo(this.dialog.nextHop, this.#flow).catch(() => this.#flow);
    return this.#flow;
  }

  #reinvited(transaction: ServerTransaction): void {
    if (this.#ourOffer) return transaction.reply(491);
    if (this.#unacknowledged.size > 0)
      return transaction.reply(500, { headers: [['Retry-After', String(Math.floor(Math.random() * 10))]] });
    if (hasForeignBody(transaction.request)) return transaction.reply(415, { headers: [['Accept', SDP_TYPE]] });
    const offer = sdpOf(transaction.request);
    const media = this.#handlers?.media;
    const body = offer ? media?.answer(offer) : media?.offer();
    if (!body) return this.#refuseOffer(transaction, offer);
    this.dialog.refreshTarget(transaction.request);
    transaction.handlers = { failed: () => undefined };
    this.accept(transaction, body, offer === null);
  }

  #updated(transaction: ServerTransaction): void {
    if (this.#ourOffer) return transaction.reply(491);
    if (hasForeignBody(transaction.request)) return transaction.reply(415, { headers: [['Accept', SDP_TYPE]] });
    const offer = sdpOf(transaction.request);
    const body = offer ? (this.#handlers?.media.answer(offer) ?? null) : null;
    if (offer && !body) return this.#refuseOffer(transaction, offer);
    this.dialog.refreshTarget(transaction.request);
    transaction.reply(200, {
      headers: [
        ['Contact', this.#contact],
        ['Allow', ALLOW],
        ...this.#refresh.answer(transaction.request),
        ...sdpHeaders(body),
      ],
      body: bodyOr(body),
    });
  }

  /** The session goes on as it was (RFC 3261 section 14.2). */
  #refuseOffer(transaction: ServerTransaction, offer: Uint8Array | null): void {
    transaction.reply(488, { headers: offer ? [['Warning', offerWarning(offer)]] : [] });
  }

  #told(transaction: ServerTransaction, take: ((contentType: string, body: Uint8Array) => boolean) | undefined): void {
    const { request } = transaction;
    const contentType = request.headers.get('Content-Type') ?? '';
    const known = request.body.length === 0 || (take?.(contentType, request.body) ?? false);
    transaction.reply(known ? 200 : 415);
  }

  /** What the answering side has settled for an INVITE of ours. */
  adoptTimer(response: SipResponse): void {
    this.#refresh.adopt(response);
  }

  #forgetAnswers(): void {
    for (const { keeper } of this.#unacknowledged.values()) keeper.acknowledged();
    this.#unacknowledged.clear();
  }
}
