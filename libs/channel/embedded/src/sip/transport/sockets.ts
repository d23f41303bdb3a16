import type { Logger } from '../../logger.js';
import type { Flow, Network, Peer, Receiver, Target, Wiretap } from './flow.js';
import { LocalAddresses } from './local-address.js';
import { TCP_LIMITS, TcpTransport, type TcpLimits } from './tcp.js';
import { TokenBuckets } from './token-buckets.js';
import { UdpTransport } from './udp.js';

export interface SocketOptions {
  readonly host: string;
  /** 0: a free port (the same for UDP and TCP). */
  readonly port: number;
  /** What Contact and SDP say; otherwise the address of the route to the peer. */
  readonly publicAddress?: string | undefined;
  readonly logger: Logger;
  readonly tcpLimits?: TcpLimits;
  readonly tap?: Wiretap;
}

/** No honest peer sends more; beyond it a source only costs us a look at its address. */
const MESSAGES_PER_SOURCE = { perSecond: 6000, burst: 12_000 };
const BIND_ATTEMPTS = 20;

/** UDP and TCP on one port. */
export class Sockets implements Network {
  readonly #options: SocketOptions;
  readonly #udp: UdpTransport;
  readonly #tcp: TcpTransport;
  readonly #locals = new LocalAddresses();
  #port = 0;

  constructor(options: SocketOptions) {
    const limit = new TokenBuckets(MESSAGES_PER_SOURCE);
    this.#options = options;
    this.#udp = new UdpTransport(options.host, limit, options.tap);
    this.#tcp = new TcpTransport(options.host, limit, options.tcpLimits ?? TCP_LIMITS, options.tap);
  }

  get port(): number {
    return this.#port;
  }

  async start(receiver: Receiver): Promise<void> {
    const report = (error: Error) =>
      this.#options.logger.error('A SIP socket reported an error.', { error: error.message });
    // Nothing that a peer sends may end the process: what escapes a handler is our bug, and is told as such.
    const guarded: Receiver = {
      knows: (callId) => receiver.knows(callId),
      receive: (verdict, flow) => {
        try {
          receiver.receive(verdict, flow);
        } catch (error) {
          this.#options.logger.error('A SIP message could not be handled.', {
            error: (error as Error).stack ?? String(error),
          });
        }
      },
    };
    for (let attempt = 1; ; attempt++) {
      const port = await this.#udp.start(this.#options.port, guarded, report);
      try {
        await this.#tcp.start(port, guarded, report);
        this.#port = port;
        return;
      } catch (error) {
        await this.#udp.stop();
        // The free UDP port may be taken for TCP: try another one.
        if (this.#options.port !== 0 || attempt === BIND_ATTEMPTS) throw error;
      }
    }
  }

  /** Over TCP a source reads slower than it is read: there is nothing to guard. */
  blame(flow: Flow): void {
    if (flow.transport === 'udp') this.#udp.blame(flow);
  }

  flowTo(target: Target): Flow {
    return target.transport === 'udp'
      ? this.#udp.flowTo(target.address, target.port)
      : this.#tcp.flowTo(target.address, target.port);
  }

  addressFor({ remoteAddress, remotePort }: Peer): Promise<string> {
    const { publicAddress } = this.#options;
    // A router between us and the public address may not lead back.
    if (remotePort === this.#port && remoteAddress === this.ownAddress) return Promise.resolve(remoteAddress);
    if (publicAddress !== undefined) return Promise.resolve(publicAddress);
    return this.#isWildcard ? this.#locals.for(remoteAddress) : Promise.resolve(this.#options.host);
  }

  /** Where we reach ourselves. */
  get ownAddress(): string {
    return this.#isWildcard ? '127.0.0.1' : this.#options.host;
  }

  get #isWildcard(): boolean {
    return this.#options.host === '0.0.0.0' || this.#options.host === '::';
  }

  async stop(): Promise<void> {
    await Promise.all([this.#udp.stop(), this.#tcp.stop()]);
  }
}
