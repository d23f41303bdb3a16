import type { Clock } from '@callwright/kernel';
import {
  buildMessage,
  INVITE_SERVER,
  replyTo,
  SERVER,
  topViaOf,
  TransactionMachine,
  type ReplyOptions,
  type SipRequest,
  type SipResponse,
  type TimerValues,
  type TransactionAction,
} from '@callwright/sip';
import { newTag } from '../random.js';
import { Timer } from '../timer.js';
import type { Flow } from '../transport/flow.js';

export interface InviteServerHandlers {
  /** A CANCEL came for an INVITE that has no final response yet. */
  readonly cancelled?: () => void;
  /** The final response was never acknowledged, or could not be sent. */
  readonly failed?: () => void;
}

/** What the layer wants to know. */
export interface ServerTransactionLife {
  /** Whether the refusal is to be repeated until its ACK comes. */
  readonly refused: () => boolean;
  /** A final response is given. */
  readonly answered: (status: number) => void;
  readonly ended: () => void;
}

/** A request that came: gives it the responses of its owner, and gives its repetitions the last one again. */
export class ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** Put into To of every response that we make (RFC 3261 section 8.2.6.2): one request, one tag. */
  readonly toTag: string;
  handlers: InviteServerHandlers = {};
  readonly #machine: TransactionMachine;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #life: ServerTransactionLife;
  readonly #replyFlow: Flow;
  #bytes: Uint8Array | null = null;
  #final = false;
  #cancelled = false;

  constructor(request: SipRequest, flow: Flow, clock: Clock, timers: TimerValues, life: ServerTransactionLife) {
    this.request = request;
    this.flow = flow;
    this.toTag = newTag();
    this.#clock = clock;
    this.#life = life;
    this.#replyFlow = flow.replyFlow(topViaOf(request));
    this.#machine = new TransactionMachine(request.method === 'INVITE' ? INVITE_SERVER : SERVER, {
      reliable: flow.transport === 'tcp',
      timers,
    });
    this.#timer = new Timer(clock, () => this.#do(this.#machine.expire(clock.now())));
    this.#machine.on('begin', clock.now());
  }

  /** Whether a final response was given. */
  get answered(): boolean {
    return this.#final;
  }

  /** Whether a CANCEL came in time. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  cancel(): void {
    if (this.#final || this.#cancelled) return;
    this.#cancelled = true;
    this.handlers.cancelled?.();
  }

  reply(status: number, options: ReplyOptions = {}): void {
    this.send(replyTo(this.request, status, { toTag: this.toTag, ...options }));
  }

  /**
   * Gives a response and forgets the request (RFC 3261 section 8.2.7): for what is answered the same every time, so that it costs no memory.
   */
  replyAndForget(status: number, options: ReplyOptions = {}): void {
    this.#bytes = buildMessage(replyTo(this.request, status, { toTag: this.toTag, ...options }));
    this.#life.answered(status);
    this.#sendOnce();
  }

  /** Gives a response. After a final one only the same 2xx may be given again, which then is sent again. */
  send(response: SipResponse): void {
    if (this.#final && response.status >= 300) return;
    this.#bytes = buildMessage(response);
    if (response.status >= 200 && !this.#final) this.#life.answered(response.status);
    this.#final = response.status >= 200;
    const event = response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure';
    if (response.status >= 300 && !this.#life.refused()) return this.#sendOnce();
    this.#do(this.#machine.on(event, this.#clock.now()));
  }

  repeated(): void {
    this.#do(this.#machine.on('request', this.#clock.now()));
  }

  /** An ACK with the INVITE's own branch: that of a refusal. */
  acknowledged(): void {
    this.#do(this.#machine.on('ack', this.#clock.now()));
  }

  abandon(): void {
    this.#timer.clear();
    this.#life.ended();
  }

  #sendOnce(): void {
    this.#final = true;
    if (this.#bytes) this.#replyFlow.send(this.#bytes);
    this.abandon();
  }

  #do(actions: readonly TransactionAction[]): void {
    this.#timer.set(this.#machine.deadline);
    if (this.#machine.state === 'terminated') this.abandon();
    for (const action of actions) {
      if (action === 'send-response') this.#send();
      else if (action === 'report-timeout' || action === 'report-transport-error') this.handlers.failed?.();
    }
  }

  #send(): void {
    if (this.#bytes)
      this.#replyFlow.send(this.#bytes, () => this.#do(this.#machine.on('transport-error', this.#clock.now())));
  }
}
