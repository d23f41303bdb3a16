import type { Clock } from '@callwright/kernel';
import { buildMessage, formatVia, readUri, type SipRequest, type SipResponse } from '@callwright/sip';
import { newBranch } from './random.js';
import type { ClientTransaction } from './transactions/client-transaction.js';
import type { TransactionLayer } from './transactions/layer.js';
import type { Flow, Network } from './transport/flow.js';
import { placeOf, type TargetResolver } from './transport/resolver.js';

export const USER_AGENT = 'Callwright';
export const ALLOWED_METHODS = [
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'INFO',
  'MESSAGE',
  'UPDATE',
  'PRACK',
  'REGISTER',
];
export const ALLOW = ALLOWED_METHODS.join(', ');
/** Extensions that we have (RFC 4028, RFC 3262). */
export const SUPPORTED = ['timer', '100rel'];

export interface OutboxParts {
  readonly network: Network;
  readonly layer: TransactionLayer;
  readonly resolver: TargetResolver;
  /** Whether we may send to an address at all. */
  readonly egressAllowed: (address: string) => boolean;
  readonly clock: Clock;
}

export interface SendHandlers {
  readonly response: (response: SipResponse) => void;
  readonly failed: (why: 'timeout' | 'transport') => void;
}

/** The way out of every request of ours: finds the flow, adds Via and Contact, starts the transaction. */
export class Outbox {
  readonly #parts: OutboxParts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  get clock(): Clock {
    return this.#parts.clock;
  }

  /** Where a peer finds us. */
  async contact(flow: Flow, user = 'callwright'): Promise<string> {
    const address = await this.#parts.network.addressFor(flow);
    return `<sip:${user}@${address}:${this.#parts.network.port}${flow.transport === 'tcp' ? ';transport=tcp' : ''}>`;
  }

  /**
   * The way to a URI, or `fallback` when it may not, or cannot, be reached: a contact behind NAT names an address that is of
   * no use to us, while the peer that we talk to is known.
   */
  async flowTo(uriText: string, fallback: Flow): Promise<Flow> {
    const uri = readUri(uriText);
    const place = uri && placeOf(uri);
    if (!place) return fallback;
    const transport = place.transport ?? fallback.transport;
    const target = (await this.#parts.resolver.resolve({ ...place, transport }))[0];
    if (!target) return fallback;
    if (target.address !== fallback.remoteAddress && !this.#parts.egressAllowed(target.address)) return fallback;
    // A connection that is there is used, whatever port the contact names (RFC 5923 in spirit): its other end may not listen.
    if (
      target.transport === 'tcp' &&
      fallback.transport === 'tcp' &&
      fallback.open &&
      target.address === fallback.remoteAddress
    )
      return fallback;
    return this.#parts.network.flowTo(target);
  }

  /** Sends a request with a Via of its own. */
  async send(request: SipRequest, flow: Flow, handlers: SendHandlers): Promise<ClientTransaction> {
    return this.#parts.layer.send(await this.#withVia(request, flow), flow, handlers);
  }

  /** An ACK of a 2xx: outside of every transaction. */
  async sendAck(request: SipRequest, flow: Flow): Promise<void> {
    flow.send(buildMessage(await this.#withVia(request, flow)));
  }

  /** Sends a request that has its Via (a CANCEL). */
  sendAsItIs(request: SipRequest, flow: Flow, handlers: SendHandlers): ClientTransaction {
    return this.#parts.layer.send(request, flow, handlers);
  }

  async #withVia(request: SipRequest, flow: Flow): Promise<SipRequest> {
    const host = await this.#parts.network.addressFor(flow);
    const params = new Map([
      ['branch', newBranch()],
      ['rport', null],
    ]);
    const via = formatVia({ transport: flow.transport.toUpperCase(), host, port: this.#parts.network.port, params });
    const headers = request.headers.clone().prepend('Via', via).set('User-Agent', USER_AGENT);
    return { ...request, headers };
  }
}
