import {
  cancelOf,
  cseqOf,
  Dialog,
  Headers,
  toTagOf,
  type DigestClient,
  type SipRequest,
  type SipResponse,
} from '@callwright/sip';
import { ALLOW, type Outbox } from './outbox.js';
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
  /** 18x; the body is early media. */
  readonly progress: (status: number, body: Uint8Array | null) => void;
  /** The session stands (its ACK is sent). The body is the far end's answer. */
  readonly answered: (session: Session, body: Uint8Array | null) => void;
  /** A final refusal; status null: nobody answered, or the transport failed. After a cancel: 487. */
  readonly failed: (status: number | null, response: SipResponse | null) => void;
}

/** How long after CANCEL we wait for the end of the INVITE (RFC 3261 section 9.1). */
const CANCEL_PATIENCE_MS = 32_000;

/** An INVITE of ours, through challenges, cancelling and forks, until one session stands or it has failed. */
export class OutgoingInvite {
  readonly #options: OutgoingInviteOptions;
  readonly #outbox: Outbox;
  readonly #handlers: OutgoingInviteHandlers;
  readonly #register: (session: Session) => () => void;
  readonly #callId = newCallId();
  readonly #fromTag = newTag();
  readonly #patience: Timer;
  #cseq = 1 + Math.floor(Math.random() * 1000);
  #attempts = 0;
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
    await this.#send(null);
  }

  /** Gives up. `failed` is told once the far end has agreed, or after 32 s. A 2xx that crosses it is ended with BYE. */
  cancel(): void {
    if (this.#cancelled || this.#over || this.#session) return;
    this.#cancelled = true;
    this.#patience.set(this.#outbox.clock.now() + CANCEL_PATIENCE_MS);
    if (this.#provisional) this.#sendCancel();
  }

  async #send(authorization: readonly [string, string] | null): Promise<void> {
    const { uri, from, to, flow, headers, body } = this.#options;
    const request: SipRequest = {
      kind: 'request',
      method: 'INVITE',
      uri,
      headers: Headers.of([
        ['Max-Forwards', '70'],
        ['From', `${from};tag=${this.#fromTag}`],
        ['To', to ?? `<${uri}>`],
        ['Call-ID', this.#callId],
        ['CSeq', `${this.#cseq} INVITE`],
        ['Contact', await this.#outbox.contact(flow)],
        ['Allow', ALLOW],
        ['Supported', 'timer'],
        ...(authorization ? [authorization] : []),
        ...headers,
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
        void this.#send([response.status === 401 ? 'Authorization' : 'Proxy-Authorization', value]);
        return;
      }
    }
    this.#fail(response.status, response);
  }

  #proceed(response: SipResponse): void {
    const first = !this.#provisional;
    this.#provisional = true;
    if (first && this.#cancelled && this.#transaction) this.#sendCancel();
    if (response.status > 100 && !this.#cancelled && !this.#over)
      this.#handlers.progress(response.status, sdpOf(response));
  }

  #succeed(response: SipResponse): void {
    const request = this.#transaction?.request;
    if (!request) return;
    const cseq = cseqOf(request).number;
    if (this.#session && toTagOf(response) === this.#session.dialog.remoteTag) return this.#session.acknowledge(cseq);
    let unregister: () => void = () => undefined;
    const contact = request.headers.get('Contact') ?? '';
    const session = new Session(
      Dialog.ofOutgoing(request, response),
      this.#options.flow,
      contact,
      this.#outbox,
      () => unregister(),
      this.#options.digest,
    );
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
