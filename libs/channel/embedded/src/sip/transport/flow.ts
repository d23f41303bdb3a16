import type { Verdict, Via } from '@callwright/sip';

export type TransportName = 'udp' | 'tcp';

/** A way to one peer: for UDP our socket and its address, for TCP one connection. */
export interface Flow {
  readonly transport: TransportName;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** False once a connection is closed; UDP is always open. */
  readonly open: boolean;
  /** `failed` is called, at most once and never from within, when the bytes cannot be sent. */
  send(bytes: Uint8Array, failed?: () => void): void;
  /** Where the response to a request that came this way goes (RFC 3261 section 18.2.2, RFC 3581). */
  replyFlow(via: Via | null): Flow;
}

export interface Target {
  readonly transport: TransportName;
  /** An IPv4 address. */
  readonly address: string;
  readonly port: number;
}

/** The far end of a flow. */
export type Peer = Pick<Flow, 'remoteAddress' | 'remotePort'>;

/** Takes what comes from the sockets. */
export interface Receiver {
  receive(verdict: Verdict, flow: Flow): void;
  /** Whether a call, or a request under way, has this Call-ID. */
  knows(callId: string): boolean;
}

/** Overhears what goes over the sockets, as the bytes that they are. */
export interface Wiretap {
  heard(bytes: Uint8Array, from: Peer, transport: TransportName): void;
  said(bytes: Uint8Array, to: Peer, transport: TransportName): void;
}

/** Sockets, as far as the layers above know of them: real ones, or a link in a test. */
export interface Network {
  start(receiver: Receiver): Promise<void>;
  /** What came from there was of no use: of a source that goes on like that the sockets read less. */
  blame(flow: Flow): void;
  /** The port on which it listens, UDP and TCP alike. */
  readonly port: number;
  /** An open connection is used again. Never throws: what cannot be reached fails on sending. */
  flowTo(target: Target): Flow;
  /** Our address as the peer should see it. Where the peer is ourselves, the one at which we reach ourselves. */
  addressFor(peer: Peer): Promise<string>;
  /** Where we reach ourselves. */
  readonly ownAddress: string;
  stop(): Promise<void>;
}
