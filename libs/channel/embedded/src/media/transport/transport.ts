import type { Endpoint } from './endpoint.js';

/** How a worker reaches the network: raw file descriptors where the platform lets us, Node's dgram everywhere else. */
export interface MediaTransport {
  readonly kind: 'raw-fd' | 'dgram';
  /** The datagram that `receive` gave last; overwritten by the next. */
  readonly buffer: Uint8Array;
  /** Binds RTP to `port` and RTCP to the next (0: any two, never to be unlocked: see connect(2)). Rejects with `PortTaken` when one of them is taken. */
  open(address: string, port: number): Promise<SocketPair>;
  /** Hands over the RTCP that has come to whom it is for. Call it every sub-tick. */
  pollControl(): void;
  close(): void;
}

export interface SocketPair {
  readonly rtp: RtpSocket;
  readonly rtcp: ControlSocket;
  /** What the main thread must close when the worker dies before it could: file descriptors. */
  readonly descriptors: readonly number[];
  close(): void;
}

/** Carries the packets of one leg; nothing waits and nothing is queued on the way out: what cannot be sent now is lost. */
export interface RtpSocket {
  readonly localPort: number;
  /** By which another thread can use it; null for Node's own sockets. */
  readonly descriptor: number | null;
  /** The next datagram into the transport's buffer: its length, or 0 when none waits. Longer ones are cut. */
  receive(): number;
  /** Where the last datagram came from. */
  source(): Endpoint;
  /** Where packets go from now on. */
  target(peer: Endpoint): void;
  send(packet: Uint8Array, length: number): void;
  /** From now on only the target is heard; what came before and was not read is thrown away. The transport's buffer is left alone. */
  lock(): void;
  /** Everybody is heard again. */
  unlock(): void;
}

export interface ControlSocket {
  onMessage: ((bytes: Uint8Array, source: Endpoint) => void) | null;
  send(packet: Uint8Array, peer: Endpoint): void;
}

export class PortTaken extends Error {}
