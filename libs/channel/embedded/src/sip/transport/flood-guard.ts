import type { Peer } from './flow.js';
import { TokenBuckets } from './token-buckets.js';

/** What one port, and what one address behind which many phones may be, may bring that is of no use, before it is left unread. */
const PER_PORT = { perSecond: 50, burst: 500 };
const PER_ADDRESS = { perSecond: 200, burst: 2000 };

/** The header field is looked for in this part of a datagram. */
const HEAD_BYTES = 4096;
const CALL_ID = /\n(?:call-id|i)[ \t]*:[ \t]*([^\s]+)/i;

/**
 * Keeps a flood from the work of reading it (reliability E5). A source that brought much that was of no use (no SIP, nobody's number, no
 * password) is read at a slow rate for as long as it goes on. It is never banned, for its address may be forged: what belongs to a call
 * that is known is always read, from whomever.
 */
export class FloodGuard {
  readonly #ports = new TokenBuckets(PER_PORT);
  readonly #addresses = new TokenBuckets(PER_ADDRESS);
  #unread = 0;

  /** Datagrams that were left unread. */
  get unread(): number {
    return this.#unread;
  }

  /** Something from there was of no use. */
  blame(peer: Peer, now: number): void {
    this.#ports.take(portOf(peer), now);
    this.#addresses.take(peer.remoteAddress, now);
  }

  /** Whether something from there is to be read. `known`: whether a Call-ID is that of a call or a request under way. */
  admits(peer: Peer, bytes: Uint8Array, known: (callId: string) => boolean, now: number): boolean {
    if (this.#ports.has(portOf(peer), now) && this.#addresses.has(peer.remoteAddress, now)) return true;
    const callId = CALL_ID.exec(
      Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1'),
    );
    if (callId !== null && known(callId[1]!)) return true;
    this.#unread += 1;
    return false;
  }
}

const portOf = ({ remoteAddress, remotePort }: Peer) => `${remoteAddress}:${remotePort}`;
