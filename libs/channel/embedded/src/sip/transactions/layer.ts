import type { Clock } from '@callwright/kernel';
import {
  callIdOf,
  cancelledKey,
  clientKey,
  cseqOf,
  mergeKey,
  RFC_TIMERS,
  serverKey,
  toTagOf,
  type SipRequest,
  type SipResponse,
  type TimerValues,
} from '@callwright/sip';
import type { Flow } from '../transport/flow.js';
import { ClientTransaction, type ClientHandlers } from './client-transaction.js';
import { ServerTransaction } from './server-transaction.js';

export interface TransactionUser {
  /** A new request, once. */
  request(transaction: ServerTransaction): void;
  /** An ACK of a 2xx, or one that belongs to nothing. */
  ack(request: SipRequest): void;
  /** A request that belongs to no session got a response which says that it was of no use. */
  useless(flow: Flow): void;
  /** More requests are open than we keep in mind: answer without a transaction. */
  overloaded(request: SipRequest, flow: Flow): void;
}

/** Above this nothing new is taken: a flood costs memory up to here and no further. */
const MOST_SERVER_TRANSACTIONS = 100_000;
/** Refusals of one source that wait for their ACK. A source that never sends one is forged or floods: it is told once and no more. */
const MOST_UNACKNOWLEDGED = 200;

/** What is answered to scanners and to what is no proper SIP. That somebody is busy or we are (503) is no fault of who calls. */
const USELESS = new Set([400, 401, 403, 404, 405, 406, 407, 415, 416, 420, 421, 481, 482, 488, 501, 505, 513]);
const isUseless = (status: number) => USELESS.has(status);

/** Finds the transaction of each message (RFC 3261 section 17): repetitions end here and go no further. */
export class TransactionLayer {
  readonly #clock: Clock;
  readonly #timers: TimerValues;
  readonly #user: TransactionUser;
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, ClientTransaction>();
  /** INVITEs that were not refused, by what they would share with a copy that took another path. */
  readonly #merges = new Map<string, ServerTransaction>();
  readonly #unacknowledged = new Unacknowledged();
  /** How many requests are under way, ours and theirs, by their Call-ID. */
  readonly #callIds = new Map<string, number>();

  constructor(clock: Clock, user: TransactionUser, timers: TimerValues = RFC_TIMERS) {
    this.#clock = clock;
    this.#user = user;
    this.#timers = timers;
  }

  get size(): { servers: number; clients: number } {
    return { servers: this.#servers.size, clients: this.#clients.size };
  }

  /** Whether a request under way has this Call-ID. */
  knows(callId: string): boolean {
    return this.#callIds.has(callId);
  }

  #count(message: SipRequest, by: 1 | -1): void {
    const callId = callIdOf(message);
    const count = (this.#callIds.get(callId) ?? 0) + by;
    if (count > 0) this.#callIds.set(callId, count);
    else this.#callIds.delete(callId);
  }

  /** Requests of ours that wait for a final response. */
  get unanswered(): number {
    let count = 0;
    for (const transaction of this.#clients.values()) if (!transaction.answered) count += 1;
    return count;
  }

  receiveRequest(request: SipRequest, flow: Flow): void {
    const key = `${flow.transport}|${serverKey(request)}`;
    const known = this.#servers.get(key);
    if (request.method === 'ACK') {
      if (known) {
        known.acknowledged();
        this.#unacknowledged.remove(known);
      }
      return this.#user.ack(request);
    }
    if (known) return known.repeated();
    if (this.#servers.size >= MOST_SERVER_TRANSACTIONS) return this.#user.overloaded(request, flow);

    const merge = request.method === 'INVITE' && toTagOf(request) === null ? mergeKey(request) : null;
    const transaction: ServerTransaction = new ServerTransaction(request, flow, this.#clock, this.#timers, {
      refused: () => {
        this.#forget(merge, transaction);
        return request.method !== 'INVITE' || this.#unacknowledged.add(transaction);
      },
      answered: (status) => {
        if (toTagOf(request) === null && isUseless(status)) this.#user.useless(flow);
      },
      ended: () => {
        if (this.#servers.delete(key)) this.#count(request, -1);
        this.#unacknowledged.remove(transaction);
        this.#forget(merge, transaction);
      },
    });
    this.#servers.set(key, transaction);
    this.#count(request, 1);
    if (merge !== null) {
      if (this.#merges.has(merge)) return transaction.reply(482);
      this.#merges.set(merge, transaction);
    }
    this.#user.request(transaction);
  }

  #forget(merge: string | null, transaction: ServerTransaction): void {
    if (merge !== null && this.#merges.get(merge) === transaction) this.#merges.delete(merge);
  }

  /** A response that belongs to no request of ours is dropped: who knows the branch has seen the request. */
  receiveResponse(response: SipResponse): void {
    this.#clients.get(clientKey(response))?.receive(response);
  }

  /** Sends a request, whose top Via has a branch of its own. */
  send(request: SipRequest, flow: Flow, handlers: ClientHandlers): ClientTransaction {
    const key = clientKey(request);
    const transaction = new ClientTransaction(request, flow, this.#clock, this.#timers, handlers, () => {
      if (this.#clients.delete(key)) this.#count(request, -1);
    });
    this.#clients.set(key, transaction);
    this.#count(request, 1);
    transaction.begin();
    return transaction;
  }

  /** The INVITE that a CANCEL means, or null. */
  cancelled(cancel: SipRequest, flow: Flow): ServerTransaction | null {
    const invite = this.#servers.get(`${flow.transport}|${cancelledKey(cancel)}`);
    return invite && cseqOf(invite.request).number === cseqOf(cancel).number ? invite : null;
  }

  /** Forgets everything; nothing is told. */
  stop(): void {
    for (const transaction of [...this.#servers.values(), ...this.#clients.values()]) transaction.abandon();
  }
}

/** Refusals that wait for their ACK, counted for each source. */
class Unacknowledged {
  readonly #waiting = new Set<ServerTransaction>();
  readonly #perSource = new Map<string, number>();

  /** False when the source has too many already. */
  add(transaction: ServerTransaction): boolean {
    const source = transaction.flow.remoteAddress;
    const count = this.#perSource.get(source) ?? 0;
    if (count >= MOST_UNACKNOWLEDGED) return false;
    this.#waiting.add(transaction);
    this.#perSource.set(source, count + 1);
    return true;
  }

  remove(transaction: ServerTransaction): void {
    if (!this.#waiting.delete(transaction)) return;
    const source = transaction.flow.remoteAddress;
    const left = (this.#perSource.get(source) ?? 1) - 1;
    if (left > 0) this.#perSource.set(source, left);
    else this.#perSource.delete(source);
  }
}
