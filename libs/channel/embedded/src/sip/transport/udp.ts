import { createSocket, type Socket } from 'node:dgram';
import { judgeDatagram, type Via } from '@callwright/sip';
import { FloodGuard } from './flood-guard.js';
import type { Flow, Receiver, Wiretap } from './flow.js';
import type { TokenBuckets } from './token-buckets.js';

/** Kernel queue for bursts that come while the thread is busy. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

export class UdpTransport {
  readonly #host: string;
  readonly #limit: TokenBuckets;
  readonly #tap: Wiretap | undefined;
  readonly #guard = new FloodGuard();
  #socket: Socket | null = null;

  constructor(host: string, limit: TokenBuckets, tap?: Wiretap) {
    this.#host = host;
    this.#limit = limit;
    this.#tap = tap;
  }

  /** Binds; 0 takes a free port. Resolves with the port. */
  async start(port: number, receiver: Receiver, report: (error: Error) => void): Promise<number> {
    const socket = createSocket({ type: 'udp4', lookup: asItIs });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, this.#host, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    socket.on('error', report);
    try {
      socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    } catch (error) {
      report(error as Error);
    }
    socket.on('message', (bytes, source) => {
      // Port 0 cannot be answered; it only comes from who means harm.
      if (source.port === 0 || !this.#limit.take(source.address, Date.now())) return;
      const flow = this.flowTo(source.address, source.port);
      if (!this.#guard.admits(flow, bytes, receiver.knows, Date.now())) return;
      this.#tap?.heard(bytes, flow, 'udp');
      receiver.receive(judgeDatagram(bytes), flow);
    });
    this.#socket = socket;
    return socket.address().port;
  }

  blame(flow: Flow): void {
    this.#guard.blame(flow, Date.now());
  }

  flowTo(address: string, port: number): Flow {
    return new UdpFlow((bytes, failed) => this.#send(bytes, address, port, failed), this, address, port);
  }

  stop(): Promise<void> {
    const socket = this.#socket;
    this.#socket = null;
    return socket ? new Promise((resolve) => socket.close(() => resolve())) : Promise.resolve();
  }

  #send(bytes: Uint8Array, address: string, port: number, failed?: () => void): void {
    // Port 0 is in many a Contact of somebody who means harm; a socket would throw.
    if (!this.#socket || port === 0) return void (failed && queueMicrotask(failed));
    this.#tap?.said(bytes, { remoteAddress: address, remotePort: port }, 'udp');
    this.#socket.send(bytes, port, address, failed && ((error) => error && failed()));
  }
}

/** Every target is an address already: without this each send would take a turn through the resolver. */
const asItIs = (
  address: string,
  _options: unknown,
  found: (error: null, address: string, family: number) => void,
): void => found(null, address, 4);

class UdpFlow implements Flow {
  readonly transport = 'udp';
  readonly open = true;
  readonly send: Flow['send'];
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly #transport: UdpTransport;

  constructor(send: Flow['send'], transport: UdpTransport, address: string, port: number) {
    this.send = send;
    this.#transport = transport;
    this.remoteAddress = address;
    this.remotePort = port;
  }

  replyFlow(via: Via | null): Flow {
    // Without rport the peer listens where its Via says, at the address from which it came.
    if (!via || via.params.has('rport')) return this;
    const port = via.port ?? 5060;
    return port === this.remotePort || port === 0 ? this : this.#transport.flowTo(this.remoteAddress, port);
  }
}
