import { sequenceDistance } from './sequence.js';

/** Packets in sequence after which an unknown SSRC, or a jump of the sequence, is believed (RFC 3550 appendix A.1). */
const MIN_SEQUENTIAL = 2;
const MAX_DROPOUT = 3000;
const MAX_MISORDER = 100;

export type Verdict =
  /** Belongs to the stream. */
  | 'accepted'
  /** The first packet of a stream that is now believed: buffers start anew. */
  | 'accepted-anew'
  /** Came before. */
  | 'duplicate'
  /** Not believed (yet): one packet of an unknown source or far off the sequence. */
  | 'refused';

/** What a receiver report says about one source (RFC 3550 section 6.4.1). */
export interface ReceptionReport {
  readonly ssrc: number;
  /** Of the packets since the last report, 0 … 255. */
  readonly fractionLost: number;
  readonly packetsLost: number;
  readonly highestSequence: number;
  /** In samples. */
  readonly jitter: number;
}

/**
 * Decides which packets are the stream's own, and counts them (RFC 3550 appendices A.1, A.3, A.8). A stray packet with another
 * SSRC, or one far off the sequence, is not believed until another follows it in sequence.
 */
export class Reception {
  ssrc = 0;
  packets = 0;
  /** In samples, as RFC 3550 section 6.4.1 smooths it. */
  jitter = 0;
  #started = false;
  #base = 0;
  /** Which of the 32 newest sequence numbers came: bit n is the one n before the highest. */
  #seen = 0;
  #highest = 0;
  #cycles = 0;
  #received = 0;
  #lostBefore = 0;
  #transit = 0;
  #candidateSsrc = 0;
  #candidateNext = -1;
  #candidateRun = 0;
  #expectedAtReport = 0;
  #receivedAtReport = 0;

  /** `arrival` and `timestamp` are in samples. */
  accept(ssrc: number, sequence: number, timestamp: number, arrival: number): Verdict {
    const distance = sequenceDistance(this.#highest, sequence);
    if (!this.#started || ssrc !== this.ssrc || distance >= MAX_DROPOUT || distance < -MAX_MISORDER) {
      if (!this.#believe(ssrc, sequence)) return 'refused';
      this.#restart(ssrc, sequence, arrival - timestamp);
      return 'accepted-anew';
    }
    this.#candidateRun = 0;
    if (distance > 0) {
      if (sequence < this.#highest) this.#cycles += 0x10000;
      this.#highest = sequence;
      this.#seen = distance < 32 ? (this.#seen << distance) | 1 : 1;
    } else if (distance > -32) {
      const bit = 1 << -distance;
      if (this.#seen & bit) return 'duplicate';
      this.#seen |= bit;
    }
    this.#count(arrival - timestamp);
    return 'accepted';
  }

  get expected(): number {
    return this.#started ? this.#cycles + this.#highest - this.#base + 1 : 0;
  }

  /** Packets that never came, of all sources that were believed. */
  get lost(): number {
    return this.#lostBefore + Math.max(0, this.expected - this.#received);
  }

  /** The report block for the next RTCP packet, or null before the first packet; the fraction starts anew. */
  report(): ReceptionReport | null {
    if (!this.#started) return null;
    const expected = this.expected - this.#expectedAtReport;
    const lost = expected - (this.#received - this.#receivedAtReport);
    this.#expectedAtReport = this.expected;
    this.#receivedAtReport = this.#received;
    return {
      ssrc: this.ssrc,
      fractionLost: expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected)),
      packetsLost: Math.max(0, this.expected - this.#received),
      highestSequence: (this.#cycles + this.#highest) >>> 0,
      jitter: Math.floor(this.jitter),
    };
  }

  #believe(ssrc: number, sequence: number): boolean {
    // The very first stream needs no proof: who may send at all is decided by its address.
    if (!this.#started) return true;
    if (ssrc === this.#candidateSsrc && sequence === this.#candidateNext) this.#candidateRun++;
    else this.#candidateRun = 1;
    this.#candidateSsrc = ssrc;
    this.#candidateNext = (sequence + 1) & 0xffff;
    return this.#candidateRun >= MIN_SEQUENTIAL;
  }

  #restart(ssrc: number, sequence: number, transit: number): void {
    this.#lostBefore = this.lost;
    this.#started = true;
    this.ssrc = ssrc;
    this.#base = sequence;
    this.#highest = sequence;
    this.#cycles = 0;
    this.#received = 1;
    this.#seen = 1;
    this.packets++;
    this.#transit = transit;
    this.jitter = 0;
    this.#candidateRun = 0;
    this.#expectedAtReport = 0;
    this.#receivedAtReport = 0;
  }

  #count(transit: number): void {
    this.#received++;
    this.packets++;
    // Timestamps are on a 32-bit circle.
    const change = Math.abs((transit - this.#transit) | 0);
    this.#transit = transit;
    this.jitter += (change - this.jitter) / 16;
  }
}
