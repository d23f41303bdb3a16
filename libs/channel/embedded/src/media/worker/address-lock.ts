import { sequenceDistance } from '@callwright/media';
import { sameEndpoint, type Endpoint } from '../transport/endpoint.js';

/** Valid packets in a row from another address than the SDP's, after which packets are sent there to try it … */
const TO_TRY = 5;
/** … and after which it is the one. */
const TO_LOCK = 10;
/** A second of a steady stream from another port of the host that the SDP names, which itself is silent. */
const TO_LOCK_PORT = 50;
/** So many are sent to an address that may yet turn out to be a stranger's (reliability C1). */
const MAX_TRIED = 5;
/** A candidate that is silent for so long may be followed by another. */
const PATIENCE_MS = 200;

/**
 * Who else than the address of the SDP may turn out to be the far end. `port`: only that host, from another port than it named: some
 * devices send from one port and receive on another, so we hear it there and go on sending where the SDP says.
 */
export type Learning = 'nobody' | 'port' | 'anybody';

interface Candidate {
  readonly source: Endpoint;
  readonly ssrc: number;
  sequence: number;
  packets: number;
  tried: number;
  heardAt: number;
}

/**
 * Who the far end is (reliability C1). A packet from the address that the SDP names settles it at once. While none has come, and
 * if that is allowed, one stream from elsewhere may prove itself: that is a phone behind NAT. Until it is settled nobody is listened to,
 * and once it is, nobody else is. Only sound is a proof: a few packets with a key are quickly forged.
 */
export class AddressLock {
  readonly #named: Endpoint;
  readonly #learn: Learning;
  #candidate: Candidate | null = null;
  #locked: Endpoint | null = null;

  constructor(named: Endpoint, learn: Learning) {
    this.#named = named;
    this.#learn = learn;
  }

  get locked(): Endpoint | null {
    return this.#locked;
  }

  /** Nothing can change any more: what is sent goes to where the media comes from. */
  get settled(): boolean {
    return this.#locked !== null && (this.#learn !== 'port' || this.#locked === this.#named);
  }

  /** A packet that looks like this call's media came from there; `sound`: it is audio. True: it is the far end's, and the address is locked. */
  heard(source: Endpoint, ssrc: number, sequence: number, now: number, sound = true): boolean {
    if (sameEndpoint(source, this.#named) && (!this.#locked || this.#learn === 'port')) {
      this.#locked = this.#named;
      return true;
    }
    if (this.#locked) return sameEndpoint(source, this.#locked);
    if (!sound || this.#learn === 'nobody') return false;
    if (this.#learn === 'port' && source.address !== this.#named.address) return false;
    const candidate = this.#candidateOf(source, ssrc, sequence, now);
    if (!candidate || candidate.packets < (this.#learn === 'port' ? TO_LOCK_PORT : TO_LOCK)) return false;
    this.#locked = candidate.source;
    return true;
  }

  /** Where the next packet goes; call it once for each that is sent. */
  target(): Endpoint {
    if (this.#learn === 'port') return this.#named;
    if (this.#locked) return this.#locked;
    const candidate = this.#candidate;
    if (!candidate || candidate.packets < TO_TRY || candidate.tried >= MAX_TRIED) return this.#named;
    candidate.tried++;
    return candidate.source;
  }

  #candidateOf(source: Endpoint, ssrc: number, sequence: number, now: number): Candidate | null {
    const current = this.#candidate;
    if (current && sameEndpoint(source, current.source) && ssrc === current.ssrc) {
      const distance = sequenceDistance(current.sequence, sequence);
      current.packets = distance > 0 && distance < 4 ? current.packets + 1 : 1;
      current.sequence = sequence;
      current.heardAt = now;
      return current;
    }
    if (current && now - current.heardAt < PATIENCE_MS) return null;
    this.#candidate = { source, ssrc, sequence, packets: 1, tried: current?.tried ?? 0, heardAt: now };
    return this.#candidate;
  }
}
