import { VirtualClock } from '@callwright/kernel';
import { buildMessage, judgeDatagram, parseMessage, type SipMessage, type Via } from '@callwright/sip';
import type { Flow, Network, Receiver, Target } from '../transport/flow.js';

export interface Sent {
  readonly at: number;
  readonly message: SipMessage;
  readonly to: string;
}

/** What becomes of a datagram: when each copy of it arrives, in ms from now. None: it is lost. */
export type Fate = (message: SipMessage) => readonly number[];

/** A network of datagrams on a virtual clock, with hosts `address:port`. */
export class Link {
  readonly clock: VirtualClock;
  fate: Fate = () => [10];
  /** Everything that was sent, also what was lost. */
  readonly sent: Sent[] = [];
  readonly #hosts = new Map<string, LinkHost>();

  constructor(clock = new VirtualClock(1_000_000)) {
    this.clock = clock;
  }

  host(address: string, port = 5060): LinkHost {
    const host = new LinkHost(this, address, port);
    this.#hosts.set(`${address}:${port}`, host);
    return host;
  }

  transmit(from: LinkHost, to: Target, bytes: Uint8Array): void {
    const message = parseMessage(bytes);
    this.sent.push({ at: this.clock.now(), message, to: to.address });
    for (const delay of this.fate(message)) {
      this.clock.at(this.clock.now() + delay, () => this.#hosts.get(`${to.address}:${to.port}`)?.arrive(from, bytes));
    }
  }

  /** Lets time pass, and everything that promises set off with it. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await settle();
    for (let next = this.clock.next(); next !== undefined && next <= end; next = this.clock.next()) {
      this.clock.advanceTo(next);
      await settle();
    }
    this.clock.advanceTo(end);
    await settle();
  }
}

/** Until every promise that is ready has run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve();
}

export class LinkHost implements Network {
  readonly port: number;
  readonly address: string;
  readonly #link: Link;
  #receiver: Receiver = { receive: () => undefined, knows: () => false };
  /** How often something that came was of no use. */
  blamed = 0;

  constructor(link: Link, address: string, port: number) {
    this.#link = link;
    this.address = address;
    this.port = port;
  }

  start(receiver: Receiver): Promise<void> {
    this.#receiver = receiver;
    return Promise.resolve();
  }

  blame(): void {
    this.blamed += 1;
  }

  knows(callId: string): boolean {
    return this.#receiver.knows(callId);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  get ownAddress(): string {
    return this.address;
  }

  addressFor(): Promise<string> {
    return Promise.resolve(this.address);
  }

  flowTo(target: Target): Flow {
    const flow: Flow = {
      transport: 'udp',
      remoteAddress: target.address,
      remotePort: target.port,
      open: true,
      send: (bytes) => this.#link.transmit(this, target, bytes),
      replyFlow: (via: Via | null) =>
        via && !via.params.has('rport') ? this.flowTo({ ...target, port: via.port ?? 5060 }) : flow,
    };
    return flow;
  }

  arrive(from: LinkHost, bytes: Uint8Array): void {
    this.#receiver.receive(
      judgeDatagram(bytes),
      this.flowTo({ transport: 'udp', address: from.address, port: from.port }),
    );
  }

  /** Sends as it is. */
  send(message: SipMessage, address: string, port = 5060): void {
    this.#link.transmit(this, { transport: 'udp', address, port }, buildMessage(message));
  }
}
