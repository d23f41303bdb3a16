import {
  cancelOf,
  cseqOf,
  Dialog,
  headerKey,
  Headers,
  minSessionExpiresOf,
  toTagOf,
  type DigestClient,
  type SipRequest,
  type SipResponse,
} from '@callwright/sip';
import { ALLOW, SUPPORTED, type Outbox } from './outbox.js';
import { newCallId, newTag } from './random.js';
import { sdpHeaders, sdpOf } from './sdp-body.js';
import { Session } from './session.js';
import { Timer } from './timer.js';
import type { ClientTransaction } from './transactions/client-transaction.js';
import type { Flow } from './transport/flow.js';

export interface OutgoingInviteOptions {
  /** Request-URI. */
  readonly uri: string;
  /** Value of To; by default the Request-URI. */
  readonly to?: string;
  /** Value of From, without tag. */
  readonly from: string;
  readonly flow: Flow;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  /** Answers a challenge of this peer; null: a challenge is a refusal. */
  readonly digest: DigestClient | null;
}

export interface OutgoingInviteHandlers {
  /** 18x, once each; the body is early media. */
  readonly progress: (status: number, body: Uint8Array | null) => void;
  /** The session stands (its ACK is sent). The body is the far end's answer. */
  readonly answered: (session: Session, body: Uint8Array | null) => void;
  /** A final refusal; status null: nobody answered, or the transport failed. After a cancel: 487. */
  readonly failed: (status: number | null, response: SipResponse | null) => void;
}

type Field = readonly [string, string];

/** RFC 4028 section 4 recommends half an hour. */
const DEFAULT_SESSION_S = 1800;
/** How long after CANCEL we wait for the end of the INVITE (RFC 3261 section 9.1). */
const CANCEL_PATIENCE_MS = 32_000;

/** An INVITE of ours, through challenges, cancelling and forks, until one session stands or it has failed. */
export class OutgoingInvite {
  readonly #options: OutgoingInviteOptions;
  readonly #outbox: Outbox;
  readonly #handlers: OutgoingInviteHandlers;
  readonly #register: (session: Session) => () => void;
  readonly callId = newCallId();
  readonly fromTag = newTag();
  readonly #patience: Timer;
  /** Dialogs of far ends that want their provisional responses acknowledged (RFC 3262), by their To tag. */
  readonly #early = new Map<string, { readonly dialog: Dialog; rseq: number }>();
  /** Sessions of every far end that answered, by their To tag: a 2xx that is repeated is acknowledged and no news. */
  readonly #answers = new Map<string, Session>();
  #cseq = 1 + Math.floor(Math.random() * 1000);
  #attempts = 0;
  #authorization: readonly Field[] = [];
  #timer: readonly Field[] = [];
  #transaction: ClientTransaction | null = null;
  #session: Session | null = null;
  #provisional = false;
  #cancelled = false;
  #over = false;

  constructor(
    options: OutgoingInviteOptions,
    outbox: Outbox,
    register: (session: Session) => () => void,
    handlers: OutgoingInviteHandlers,
  ) {
    this.#options = options;
    this.#outbox = outbox;
    this.#register = register;
    this.#handlers = handlers;
    this.#patience = new Timer(outbox.clock, () => this.#fail(487, null));
  }

  async begin(): Promise<void> {
    await this.#send([]);
  }

  /** Gives up. `failed` is told once the far end has agreed, or after 32 s. A 2xx that crosses it is ended with BYE. */
  cancel(): void {
    if (this.#cancelled || this.#over || this.#session) return;
    this.#cancelled = true;
    this.#patience.set(this.#outbox.clock.now() + CANCEL_PATIENCE_MS);
    if (this.#provisional) this.#sendCancel();
  }

  async #send(more: readonly Field[]): Promise<void> {
    const { uri, from, to, flow, headers, body } = this.#options;
    const request: SipRequest = {
      kind: 'request',
      method: 'INVITE',
      uri,
      headers: Headers.of([
        ['Max-Forwards', '70'],
        ['From', `${from};tag=${this.fromTag}`],
        ['To', to ?? `<${uri}>`],
        ['Call-ID', this.callId],
        ['CSeq', `${this.#cseq} INVITE`],
        ['Contact', await this.#outbox.contact(flow)],
        ['Allow', ALLOW],
        ['Supported', SUPPORTED.join(', ')],
        ...more,
        ...headers.filter(([name]) => !more.some(([other]) => headerKey(other) === headerKey(name))),
        ...sdpHeaders(body),
      ]),
      body,
    };
    if (this.#cancelled) return this.#fail(487, null);
    this.#provisional = false;
    this.#transaction = await this.#outbox.send(request, flow, {
      response: (response) => this.#receive(response),
      failed: () => this.#fail(this.#cancelled ? 487 : null, null),
    });
    if (this.#cancelled && this.#provisional) this.#sendCancel();
  }

  #receive(response: SipResponse): void {
    if (response.status < 200) return this.#proceed(response);
    if (response.status < 300) return this.#succeed(response);
    const challenge =
      response.status === 401 ? 'WWW-Authenticate' : response.status === 407 ? 'Proxy-Authenticate' : null;
    const { digest } = this.#options;
    if (challenge && digest && !this.#cancelled && digest.accept(response.headers.all(challenge), this.#attempts)) {
      const value = digest.authorize('INVITE', this.#options.uri);
      if (value !== null) {
        this.#attempts += 1;
        this.#cseq += 1;
        this.#authorization = [[response.status === 401 ? 'Authorization' : 'Proxy-Authorization', value]];
        void this.#send([...this.#authorization, ...this.#timer]);
        return;
      }
    }
    if (response.status === 422 && this.#lengthenTimer(response)) return;
    this.#fail(response.status, response);
  }

  /** Somebody on the way asked for a session timer that another one finds too short (RFC 4028 section 7.3): we ask for one that fits, once. */
  #lengthenTimer(response: SipResponse): boolean {
    const least = minSessionExpiresOf(response);
    if (least === null || this.#timer.length > 0 || this.#cancelled) return false;
    this.#cseq += 1;
    this.#timer = [
      ['Session-Expires', String(Math.max(least, DEFAULT_SESSION_S))],
      ['Min-SE', String(least)],
    ];
    void this.#send([...this.#authorization, ...this.#timer]);
    return true;
  }

  #proceed(response: SipResponse): void {
    const first = !this.#provisional;
    this.#provisional = true;
    if (first && this.#cancelled && this.#transaction) this.#sendCancel();
    if (!this.#acknowledge(response)) return;
    if (response.status > 100 && !this.#cancelled && !this.#over)
      this.#handlers.progress(response.status, sdpOf(response));
  }

  /** Sends the PRACK of a reliable provisional response. False: it is a repetition, or one before it is missing (RFC 3262 section 4). */
  #acknowledge(response: SipResponse): boolean {
    const request = this.#transaction?.request;
    const rseq = Number(response.headers.get('RSeq'));
    const tag = toTagOf(response);
    if (response.status === 100 || !response.headers.tags('Require').includes('100rel')) return true;
    if (!request || tag === null || !Number.isInteger(rseq) || rseq <= 0) return true;
    const known = this.#early.get(tag);
    if (known && rseq !== known.rseq + 1) return false;
    const early = known ?? { dialog: Dialog.ofOutgoing(request, response), rseq };
    early.rseq = rseq;
    this.#early.set(tag, early);
    void this.#sendPrack(early.dialog, `${rseq} ${cseqOf(request).number} INVITE`);
    return true;
  }

  /** What becomes of the PRACK does not matter: without it the far end repeats its response, and in the end gives up. */
  async #sendPrack(dialog: Dialog, rack: string): Promise<void> {
    const prack = dialog.request('PRACK');
    prack.headers.add('RAck', rack);
    const { flow } = this.#options;
    const way = await this.#outbox.flowTo(dialog.nextHop, flow).catch(() => flow);
    await this.#outbox.send(prack, way, { response: () => undefined, failed: () => undefined });
  }

  #succeed(response: SipResponse): void {
    const request = this.#transaction?.request;
    if (!request) return;
    const cseq = cseqOf(request).number;
    const tag = toTagOf(response) ?? '';
    const answered = this.#answers.get(tag);
    if (answered) return answered.acknowledge(cseq);
    const early = this.#early.get(tag)?.dialog;
    early?.refreshTarget(response);
    let unregister: () => void = () => undefined;
    const contact = request.headers.get('Contact') ?? '';
    const session = new Session(
      early ?? Dialog.ofOutgoing(request, response),
      this.#options.flow,
      contact,
      this.#outbox,
      () => unregister(),
      this.#options.digest,
    );
    this.#answers.set(tag, session);
    unregister = this.#register(session);
    session.acknowledge(cseq);
    // A second far end answered as well (a fork), or the first one did while we were giving up: it is told goodbye.
    if (this.#session || this.#cancelled || this.#over) {
      session.hangUp();
      if (this.#cancelled) this.#fail(487, null);
      return;
    }
    this.#session = session;
    session.adoptTimer(response);
    this.#patience.clear();
    this.#handlers.answered(session, sdpOf(response));
  }

  #sendCancel(): void {
    if (!this.#transaction) return;
    const nothing = { response: () => undefined, failed: () => undefined };
    this.#outbox.sendAsItIs(cancelOf(this.#transaction.request), this.#options.flow, nothing);
  }

  #fail(status: number | null, response: SipResponse | null): void {
    if (this.#over || this.#session) return;
    this.#over = true;
    this.#patience.clear();
    this.#handlers.failed(status, response);
  }
}
