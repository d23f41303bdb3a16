import type { Clock } from '@callwright/kernel';
import {
  ackOf,
  buildMessage,
  CLIENT,
  INVITE_CLIENT,
  TransactionMachine,
  type SipRequest,
  type SipResponse,
  type TimerValues,
  type TransactionAction,
} from '@callwright/sip';
import { Timer } from '../timer.js';
import type { Flow } from '../transport/flow.js';

export interface ClientHandlers {
  /** Every provisional response, the final one, and for INVITE every 2xx that comes (RFC 6026). */
  readonly response: (response: SipResponse) => void;
  /** Nobody answered within 64·T1, or the message could not be sent. Told at most once, and instead of a final response. */
  readonly failed: (why: 'timeout' | 'transport') => void;
}

/** A request of ours under way: runs the machine with a real flow and clock. */
export class ClientTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly #machine: TransactionMachine;
  readonly #clock: Clock;
  readonly #handlers: ClientHandlers;
  readonly #timer: Timer;
  readonly #onEnd: () => void;
  readonly #bytes: Uint8Array;
  #ack: Uint8Array | null = null;
  #response: SipResponse | null = null;

  constructor(
    request: SipRequest,
    flow: Flow,
    clock: Clock,
    timers: TimerValues,
    handlers: ClientHandlers,
    onEnd: () => void,
  ) {
    this.request = request;
    this.flow = flow;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#onEnd = onEnd;
    this.#bytes = buildMessage(request);
    this.#machine = new TransactionMachine(request.method === 'INVITE' ? INVITE_CLIENT : CLIENT, {
      reliable: flow.transport === 'tcp',
      timers,
    });
    this.#timer = new Timer(clock, () => this.#do(this.#machine.expire(clock.now())));
  }

  /** Whether a final response came. */
  get answered(): boolean {
    return (this.#response?.status ?? 0) >= 200;
  }

  begin(): void {
    this.#do(this.#machine.on('begin', this.#clock.now()));
  }

  receive(response: SipResponse): void {
    this.#response = response;
    const event = response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure';
    this.#do(this.#machine.on(event, this.#clock.now()));
  }

  /** Ends it without telling anybody. */
  abandon(): void {
    this.#timer.clear();
    this.#onEnd();
  }

  #do(actions: readonly TransactionAction[]): void {
    this.#timer.set(this.#machine.deadline);
    if (this.#machine.state === 'terminated') this.abandon();
    for (const action of actions) this.#act(action);
  }

  #act(action: TransactionAction): void {
    switch (action) {
      case 'send-request':
        return this.#send(this.#bytes);
      case 'send-ack':
        this.#ack ??= buildMessage(ackOf(this.request, this.#response!));
        return this.#send(this.#ack);
      case 'deliver':
        return this.#handlers.response(this.#response!);
      case 'report-timeout':
        return this.#handlers.failed('timeout');
      case 'report-transport-error':
        return this.#handlers.failed('transport');
      case 'send-response':
        return;
    }
  }

  #send(bytes: Uint8Array): void {
    this.flow.send(bytes, () => this.#do(this.#machine.on('transport-error', this.#clock.now())));
  }
}
