import { messageOf, type Clock } from '@callwright/kernel';
import {
  answerSessionTimer,
  buildMessage,
  dialogIdOfRequest,
  formatVia,
  markReceived,
  readUri,
  readVia,
  replyTo,
  RFC_TIMERS,
  topViaOf,
  type SipRequest,
  type TimerValues,
  type Verdict,
} from '@callwright/sip';
import type { Logger } from '../logger.js';
import { IncomingInvite } from './incoming-invite.js';
import { ALLOW, ALLOWED_METHODS, Outbox, SUPPORTED, USER_AGENT } from './outbox.js';
import { OutgoingInvite, type OutgoingInviteHandlers, type OutgoingInviteOptions } from './outgoing-invite.js';
import { hasForeignBody, SDP_TYPE } from './sdp-body.js';
import { Session } from './session.js';
import { SessionTable } from './session-table.js';
import { SessionJournal, type JournalledSession } from './session-journal.js';
import { TransactionLayer } from './transactions/layer.js';
import type { ServerTransaction } from './transactions/server-transaction.js';
import type { Flow, Network } from './transport/flow.js';
import type { TargetResolver } from './transport/resolver.js';
import { TokenBuckets } from './transport/token-buckets.js';

export interface UserAgentOptions {
  readonly network: Network;
  readonly resolver: TargetResolver;
  readonly clock: Clock;
  readonly timers?: TimerValues;
  readonly logger: Logger;
  readonly egressAllowed: (address: string) => boolean;
  /** Null: new calls are welcome; otherwise the seconds after which to come back (503). */
  readonly refusesFor: () => number | null;
  /** A new session is wanted; 100 is sent. */
  readonly invited: (invite: IncomingInvite) => void;
  readonly register: (transaction: ServerTransaction) => void;
  /** A file in which open sessions are kept for the case of a crash. */
  readonly journalPath?: string | undefined;
}

/** Methods that exist, of which we have nothing to offer outside of a session. */
const REFUSED_METHODS = ['MESSAGE', 'SUBSCRIBE', 'NOTIFY', 'PUBLISH'];
const DIALOG_METHODS = ['BYE', 'INFO', 'UPDATE', 'PRACK'];
/** Answers to what is no proper SIP, for each source: enough for an honest mistake, useless for reflection. */
const BAD_MESSAGE_REPLIES = { perSecond: 20, burst: 200 };

/** Receives and sends for every call: the rules of RFC 3261 section 8.2 that come before any call. */
export class UserAgent {
  readonly #options: UserAgentOptions;
  readonly #layer: TransactionLayer;
  readonly #sessions = new SessionTable();
  readonly #coming = new Map<string, IncomingInvite>();
  readonly #badReplies = new TokenBuckets(BAD_MESSAGE_REPLIES);
  readonly outbox: Outbox;
  #journal: SessionJournal | null = null;

  constructor(options: UserAgentOptions) {
    this.#options = options;
    this.#layer = new TransactionLayer(
      options.clock,
      {
        request: (transaction) => this.#request(transaction),
        ack: (request) => this.#acknowledged(request),
        useless: (flow) => options.network.blame(flow),
        overloaded: (request, flow) => this.#answerStateless(request, flow, 503, [['Retry-After', '10']]),
      },
      options.timers ?? RFC_TIMERS,
    );
    const { network, resolver, egressAllowed, clock } = options;
    this.outbox = new Outbox({ network, layer: this.#layer, resolver, egressAllowed, clock });
  }

  /** What is open now: for metrics, and for tests that nothing is left behind. */
  get size(): { sessions: number; servers: number; clients: number } {
    return { sessions: this.#sessions.size, ...this.#layer.size };
  }

  /** Whether a session is open, or a request of ours has no final answer yet. */
  get busy(): boolean {
    return this.#sessions.size > 0 || this.#layer.unanswered > 0;
  }

  async start(): Promise<void> {
    const { network, clock, journalPath, logger } = this.#options;
    // Without it calls go as well; only a crash is noticed later by their far ends.
    const opened =
      journalPath === undefined
        ? null
        : await SessionJournal.open(journalPath, clock.now(), logger).catch((error: unknown) => {
            logger.warn('The journal of sessions cannot be opened.', { error: messageOf(error) });
            return null;
          });
    this.#journal = opened?.journal ?? null;
    await network.start({
      receive: (verdict, flow) => this.#receive(verdict, flow),
      knows: (callId) => this.#layer.knows(callId) || this.#sessions.knows(callId),
    });
    if (opened) await this.#endLeft(opened.left);
  }

  /** Closes the sockets; what is open is forgotten. Say goodbye first. */
  async stop(): Promise<void> {
    this.#layer.stop();
    this.#sessions.clear();
    this.#coming.clear();
    await this.#options.network.stop();
    await this.#journal?.close();
    this.#journal = null;
  }

  invite(options: OutgoingInviteOptions, handlers: OutgoingInviteHandlers): OutgoingInvite {
    const invite = new OutgoingInvite(options, this.outbox, (session) => this.#keep(session), handlers);
    invite.begin().catch((error: unknown) => {
      this.#options.logger.error('An INVITE could not be sent.', { error: String(error) });
      handlers.failed(null, null);
    });
    return invite;
  }

  #receive(verdict: Verdict, flow: Flow): void {
    if (verdict.do === 'accept') {
      if (verdict.message.kind === 'response') this.#layer.receiveResponse(verdict.message);
      else this.#layer.receiveRequest(withSource(verdict.message, flow), flow);
    } else {
      this.#options.network.blame(flow);
      if (verdict.do === 'refuse' && this.#badReplies.take(flow.remoteAddress, this.#options.clock.now()))
        this.#answerStateless(verdict.request, flow, verdict.status, []);
    }
  }

  #answerStateless(
    request: SipRequest,
    flow: Flow,
    status: number,
    headers: readonly (readonly [string, string])[],
  ): void {
    const via = readVia(request.headers.list('Via')[0] ?? '');
    // The same request gets the same tag, as if we had remembered it.
    const toTag = `s${[...(request.headers.get('Call-ID') ?? '')].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7) >>> 0}`;
    flow
      .replyFlow(via)
      .send(buildMessage(replyTo(request, status, { toTag, headers: [...headers, ['Server', USER_AGENT]] })));
  }

  #request(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (request.method === 'CANCEL') return this.#cancel(transaction);
    const refusal = refusalOf(request);
    if (refusal) return transaction.reply(refusal.status, { headers: refusal.headers });
    const dialogId = dialogIdOfRequest(request);
    if (dialogId !== null) return this.#withinDialog(transaction, dialogId);
    switch (request.method) {
      case 'OPTIONS':
        return this.#asked(transaction);
      case 'REGISTER':
        return this.#options.register(transaction);
      case 'INVITE':
        return this.#invited(transaction);
      case 'REFER':
        return transaction.reply(403);
      default:
        return transaction.reply(481);
    }
  }

  #withinDialog(transaction: ServerTransaction, dialogId: string): void {
    const coming = this.#coming.get(dialogId);
    if (coming?.receiveEarly(transaction)) return;
    const session = this.#sessions.get(dialogId);
    if (session) return session.receive(transaction);
    transaction.reply(transaction.request.method === 'REFER' ? 403 : 481);
  }

  #asked(transaction: ServerTransaction): void {
    const retryAfter = this.#options.refusesFor();
    if (retryAfter !== null) return transaction.replyAndForget(503, { headers: [['Retry-After', String(retryAfter)]] });
    transaction.replyAndForget(200, {
      headers: [
        ['Allow', ALLOW],
        ['Accept', SDP_TYPE],
        ['Accept-Encoding', 'identity'],
        ['Accept-Language', 'en'],
        ['Supported', SUPPORTED.join(', ')],
        ['Server', USER_AGENT],
      ],
    });
  }

  #invited(transaction: ServerTransaction): void {
    const retryAfter = this.#options.refusesFor();
    if (retryAfter !== null) return transaction.reply(503, { headers: [['Retry-After', String(retryAfter)]] });
    transaction.reply(100);
    void this.#begin(transaction).catch((error: unknown) => {
      this.#options.logger.error('An INVITE could not be handled.', { error: (error as Error).stack ?? String(error) });
      if (!transaction.answered) transaction.reply(500);
    });
  }

  async #begin(transaction: ServerTransaction): Promise<void> {
    const invite = await IncomingInvite.begin(transaction, this.outbox, {
      answered: (session) => this.#remember(session),
      ended: (session) => {
        this.#coming.delete(session.dialog.id);
        this.#forget(session);
      },
    });
    if (invite.over) return;
    const { id } = invite.session.dialog;
    this.#sessions.add(invite.session);
    this.#coming.set(id, invite);
    this.#options.invited(invite);
  }

  #cancel(transaction: ServerTransaction): void {
    const invite = this.#layer.cancelled(transaction.request, transaction.flow);
    if (!invite) return transaction.reply(481);
    // The To tag of both answers must be the same (RFC 3261 section 9.2).
    transaction.reply(200, { toTag: invite.toTag });
    invite.cancel();
  }

  #acknowledged(ack: SipRequest): void {
    const dialogId = dialogIdOfRequest(ack);
    if (dialogId !== null) this.#sessions.get(dialogId)?.acknowledged(ack);
  }

  #keep(session: Session): () => void {
    this.#sessions.add(session);
    this.#remember(session);
    return () => this.#forget(session);
  }

  #remember(session: Session): void {
    const { dialog, flow } = session;
    const place = { transport: flow.transport, address: flow.remoteAddress, port: flow.remotePort };
    this.#journal?.began({ dialog, ...place }, this.#options.clock.now());
  }

  #forget(session: Session): void {
    this.#sessions.remove(session);
    this.#journal?.ended(session.dialog.id);
  }

  /** Says goodbye in sessions that the process before this one left open. */
  async #endLeft(left: readonly JournalledSession[]): Promise<void> {
    for (const { dialog, address, port } of left) {
      // A connection of then is gone: the contact says how a new one is made.
      const flow = this.#options.network.flowTo({ transport: 'udp', address, port });
      let unregister: () => void = () => undefined;
      const session = new Session(dialog, flow, await this.outbox.contact(flow), this.outbox, () => unregister());
      unregister = this.#keep(session);
      session.hangUp();
    }
    if (left.length > 0) this.#options.logger.info('Sessions of before were ended.', { sessions: left.length });
  }
}

interface Refusal {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
}

/** What may be refused before anybody looks at the call (RFC 3261 sections 8.2.1 to 8.2.3). */
function refusalOf(request: SipRequest): Refusal | null {
  const { method, headers } = request;
  const inDialog = dialogIdOfRequest(request) !== null;
  if (
    !ALLOWED_METHODS.includes(method) &&
    !REFUSED_METHODS.includes(method) &&
    !DIALOG_METHODS.includes(method) &&
    method !== 'REFER'
  ) {
    return { status: 501, headers: [['Allow', ALLOW]] };
  }
  if (!inDialog && REFUSED_METHODS.includes(method)) return { status: 405, headers: [['Allow', ALLOW]] };
  if (readUri(request.uri)?.scheme === 'sips') return { status: 416, headers: [] };
  const unsupported = headers.list('Require').filter((tag) => !SUPPORTED.includes(tag.toLowerCase()));
  if (unsupported.length > 0) return { status: 420, headers: [['Unsupported', unsupported.join(', ')]] };
  if (method !== 'INVITE' && method !== 'UPDATE') return null;
  const timer = answerSessionTimer(request);
  if (timer.use === 'too-small') return { status: 422, headers: [['Min-SE', String(timer.minSeconds)]] };
  if (method !== 'INVITE') return null;
  if (hasForeignBody(request) || headers.has('Content-Encoding')) {
    return {
      status: 415,
      headers: [
        ['Accept', SDP_TYPE],
        ['Accept-Encoding', 'identity'],
      ],
    };
  }
  return acceptsSdp(headers.tags('Accept')) ? null : { status: 406, headers: [['Accept', SDP_TYPE]] };
}

const acceptsSdp = (types: readonly string[]) =>
  types.length === 0 ||
  types.some((type) => ['*/*', 'application/*', SDP_TYPE].includes((type.split(';')[0] ?? '').trim()));

/** Notes in the top Via where the request came from; responses copy it. */
function withSource(request: SipRequest, flow: Flow): SipRequest {
  const via = topViaOf(request);
  const marked = markReceived(via, flow.remoteAddress, flow.remotePort);
  if (marked.params.size === via.params.size && !via.params.has('rport')) return request;
  const headers = request.headers.clone().removeFirst('Via').prepend('Via', formatVia(marked));
  return { ...request, headers };
}
