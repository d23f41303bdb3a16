import type { MediaParameters } from '../port.js';
import type { SendPolicy } from '../send-policy.js';
import { formatEndpoint, sameEndpoint, type Endpoint } from '../transport/endpoint.js';
import { canonicalAddress } from '../transport/sockaddr.js';
import type { SocketPair } from '../transport/transport.js';
import { AddressLock, type Learning } from './address-lock.js';

export interface FarEndSurroundings {
  readonly policy: SendPolicy;
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Where the far end is said to be. */
export type FarEndAddress = Pick<
  MediaParameters,
  'remoteAddress' | 'remotePort' | 'remoteRtcpPort' | 'learn' | 'loopbackAllowed'
>;

/** The sockets of a leg and who is at the other end of them: nothing goes to, and nothing is taken from, anybody else. */
export class FarEnd {
  /** A report came from the address of the far end. */
  onReport: (bytes: Uint8Array) => void = () => undefined;
  readonly #sockets: SocketPair;
  readonly #surroundings: FarEndSurroundings;
  #lock: AddressLock | null = null;
  #named: Endpoint | null = null;
  #learn: Learning = 'nobody';
  #rtcpPort = 0;
  #loopbackAllowed = false;
  #settled = false;
  #target: Endpoint | null = null;
  #targetAllowed = false;

  constructor(sockets: SocketPair, surroundings: FarEndSurroundings) {
    this.#sockets = sockets;
    this.#surroundings = surroundings;
    sockets.rtcp.onMessage = (bytes, from) => {
      if ((this.#lock?.locked ?? this.#named)?.address === from.address) this.onReport(bytes);
    };
  }

  /** True when it is another one than before, or may be. */
  configure({
    remoteAddress,
    remotePort,
    remoteRtcpPort = remotePort + 1,
    learn,
    loopbackAllowed = false,
  }: FarEndAddress): boolean {
    const named = { address: canonicalAddress(remoteAddress), port: remotePort };
    this.#loopbackAllowed = loopbackAllowed;
    this.#rtcpPort = remoteRtcpPort;
    if (this.#named && sameEndpoint(named, this.#named) && learn === this.#learn) return false;
    this.#named = named;
    this.#learn = learn;
    this.#lock = new AddressLock(named, learn);
    this.#sockets.rtp.unlock();
    this.#settled = false;
    this.#target = null;
    return true;
  }

  /** Somebody else has used the sockets: who the far end is must be found out anew. */
  forget(): void {
    this.#named = null;
  }

  /** Its address is known for sure, and the socket hears nobody else. */
  get settled(): boolean {
    return this.#settled;
  }

  /** Of the socket that carries media, when another thread can use it. */
  get descriptor(): number | null {
    return this.#sockets.rtp.descriptor;
  }

  get lockedTo(): string | null {
    return this.#lock?.locked ? formatEndpoint(this.#lock.locked) : null;
  }

  /** The next datagram into the transport's buffer: its length, or 0. Whether it is the far end's, `isFrom` says. */
  receive(): number {
    return this.#sockets.rtp.receive();
  }

  /** Whether the last datagram, which is a packet of this call's kind, came from the far end; may settle who that is. `sound`: it is audio. */
  isFrom(ssrc: number, sequence: number, now: number, sound: boolean): boolean {
    if (this.#settled) return true;
    const from = this.#sockets.rtp.source();
    if (!this.#lock || !this.#allows(from) || !this.#lock.heard(from, ssrc, sequence, now, sound)) return false;
    if (!this.#lock.settled) return true;
    this.#aim(from);
    this.#sockets.rtp.lock();
    this.#settled = true;
    return true;
  }

  send(packet: Uint8Array, length: number): void {
    if (!this.#settled) {
      if (!this.#lock) return;
      this.#aim(this.#lock.target());
    }
    if (this.#targetAllowed) this.#sockets.rtp.send(packet, length);
  }

  sendReport(report: Uint8Array): void {
    const target = this.#lock?.locked ?? this.#named;
    if (!target) return;
    // Behind a router the port that the SDP names for reports leads nowhere.
    const asNamed = this.#named !== null && sameEndpoint(target, this.#named);
    const control = { address: target.address, port: asNamed ? this.#rtcpPort : target.port + 1 };
    if (this.#allows(control)) this.#sockets.rtcp.send(report, control);
  }

  close(): void {
    this.#sockets.close();
  }

  #aim(target: Endpoint): void {
    if (this.#target && sameEndpoint(this.#target, target)) return;
    this.#target = target;
    this.#targetAllowed = this.#allows(target);
    if (this.#targetAllowed) this.#sockets.rtp.target(target);
    else this.#surroundings.warn('Media may not be sent where the SDP says', { to: formatEndpoint(target) });
  }

  #allows(endpoint: Endpoint): boolean {
    return this.#surroundings.policy.allows(endpoint, this.#loopbackAllowed);
  }
}
