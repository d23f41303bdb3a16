import { connect, createServer, type Server, type Socket } from 'node:net';
import { buildMessage, encodeUtf8, judge, StreamReader } from '@callwright/sip';
import type { Flow, Receiver, Wiretap } from './flow.js';
import type { TokenBuckets } from './token-buckets.js';

export interface TcpLimits {
  readonly connections: number;
  readonly connectionsPerSource: number;
  /** A message must be whole within this time; a new connection must bring one. */
  readonly messageMs: number;
  readonly idleMs: number;
}

export const TCP_LIMITS: TcpLimits = {
  connections: 5000,
  connectionsPerSource: 1000,
  messageMs: 20_000,
  idleMs: 3_900_000,
};

/** A peer that does not read what we send is not waited for (reliability A4). */
const MAX_UNSENT_BYTES = 64 * 1024;
const PONG = encodeUtf8('\r\n');

export class TcpTransport {
  readonly #host: string;
  readonly #limit: TokenBuckets;
  readonly #limits: TcpLimits;
  readonly #tap: Wiretap | undefined;
  /** By `address:port`. */
  readonly #connections = new Map<string, TcpFlow>();
  readonly #perSource = new Map<string, number>();
  #server: Server | null = null;
  #receiver: Receiver = { receive: () => undefined, knows: () => false };

  constructor(host: string, limit: TokenBuckets, limits: TcpLimits = TCP_LIMITS, tap?: Wiretap) {
    this.#host = host;
    this.#limit = limit;
    this.#limits = limits;
    this.#tap = tap;
  }

  async start(port: number, receiver: Receiver, report: (error: Error) => void): Promise<void> {
    this.#receiver = receiver;
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.#host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    server.on('error', report);
    this.#server = server;
  }

  flowTo(address: string, port: number): Flow {
    const known = this.#connections.get(`${address}:${port}`);
    if (known?.open) return known;
    const local = this.#host === '0.0.0.0' || this.#host === '::' ? {} : { localAddress: this.#host };
    return this.#keep(connect({ host: address, port, noDelay: true, ...local }), address, port);
  }

  async stop(): Promise<void> {
    for (const flow of this.#connections.values()) flow.end();
    const server = this.#server;
    this.#server = null;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #accept(socket: Socket): void {
    const { remoteAddress, remotePort } = socket;
    const mine = this.#perSource.get(remoteAddress ?? '') ?? 0;
    if (
      !remoteAddress ||
      !remotePort ||
      mine >= this.#limits.connectionsPerSource ||
      this.#connections.size >= this.#limits.connections
    ) {
      socket.destroy();
      return;
    }
    this.#keep(socket, remoteAddress, remotePort);
  }

  #keep(socket: Socket, address: string, port: number): TcpFlow {
    const flow = new TcpFlow(socket, address, port, this.#limits, this.#limit, this.#receiver, this.#tap);
    const key = `${address}:${port}`;
    this.#connections.set(key, flow);
    this.#perSource.set(address, (this.#perSource.get(address) ?? 0) + 1);
    socket.once('close', () => {
      if (this.#connections.get(key) === flow) this.#connections.delete(key);
      const left = (this.#perSource.get(address) ?? 1) - 1;
      if (left > 0) this.#perSource.set(address, left);
      else this.#perSource.delete(address);
    });
    return flow;
  }
}

class TcpFlow implements Flow {
  readonly transport = 'tcp';
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly #socket: Socket;
  readonly #limits: TcpLimits;
  readonly #tap: Wiretap | undefined;
  readonly #reader = new StreamReader();
  #timer: NodeJS.Timeout;
  #waitsForRest = true;

  constructor(
    socket: Socket,
    address: string,
    port: number,
    limits: TcpLimits,
    limit: TokenBuckets,
    receiver: Receiver,
    tap: Wiretap | undefined,
  ) {
    this.remoteAddress = address;
    this.remotePort = port;
    this.#socket = socket;
    this.#limits = limits;
    this.#tap = tap;
    this.#timer = setTimeout(() => socket.destroy(), limits.messageMs);
    // A failed connection closes; who waits for an answer hears of it from its own write.
    socket.on('error', () => undefined);
    socket.on('close', () => clearTimeout(this.#timer));
    socket.on('data', (bytes) => this.#take(bytes, limit, receiver));
  }

  get open(): boolean {
    return !this.#socket.destroyed && !this.#socket.writableEnded;
  }

  send(bytes: Uint8Array, failed?: () => void): void {
    if (!this.open || this.#socket.writableLength > MAX_UNSENT_BYTES) {
      if (failed) queueMicrotask(failed);
      return;
    }
    this.#tap?.said(bytes, this, 'tcp');
    this.#socket.write(bytes, failed && ((error) => error && failed()));
  }

  replyFlow(): Flow {
    return this;
  }

  end(): void {
    this.#socket.end();
    this.#socket.destroySoon();
  }

  #take(bytes: Uint8Array, limit: TokenBuckets, receiver: Receiver): void {
    for (const item of this.#reader.push(bytes)) {
      if (!limit.take(this.remoteAddress, Date.now())) return void this.#socket.destroy();
      if (item.type === 'ping') this.send(PONG);
      else if (item.reading) {
        const verdict = judge(item.reading);
        if (verdict.do === 'accept') this.#tap?.heard(buildMessage(verdict.message), this, 'tcp');
        receiver.receive(verdict, this);
      }
      if (item.type === 'lost') return this.end();
    }
    this.#watch();
  }

  /** The time for half a message runs from its first byte: one byte now and then does not keep a connection. */
  #watch(): void {
    const waits = this.#reader.pending;
    if (waits && this.#waitsForRest) return;
    this.#waitsForRest = waits;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#socket.destroy(), waits ? this.#limits.messageMs : this.#limits.idleMs);
    this.#timer.unref();
  }
}
