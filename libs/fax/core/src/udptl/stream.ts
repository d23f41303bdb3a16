import { buildUdptl, parseUdptl, udptlBytes } from './packet.js';

/** Numbers the IFP packets that we send, and repeats as many earlier ones in each datagram as fit. */
export class UdptlSender {
  readonly #redundancy: number;
  readonly #maxDatagram: number;
  #sent: Uint8Array[] = [];
  #sequence = 0;

  /** `maxDatagram`: what the far end takes (T38FaxMaxDatagram), in bytes. A packet that is longer by itself still goes. */
  constructor(redundancy: number, maxDatagram: number) {
    this.#redundancy = redundancy;
    this.#maxDatagram = maxDatagram;
  }

  /** The datagram for the next IFP packet, which is copied. */
  next(ifp: Uint8Array): Uint8Array {
    const primary = ifp.slice();
    let secondary = this.#sent.slice(0, this.#redundancy);
    while (secondary.length > 0 && udptlBytes(primary, secondary) > this.#maxDatagram) {
      secondary = secondary.slice(0, -1);
    }
    const datagram = buildUdptl({ sequence: this.#sequence, primary, secondary });
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#sent = [primary, ...this.#sent].slice(0, this.#redundancy);
    return datagram;
  }
}

export interface IfpPacket {
  /** In a numbering of our own, from 0: what was lost leaves a gap, another stream does not. */
  readonly sequence: number;
  readonly ifp: Uint8Array;
}

/** A step by more than this, back or on, is another stream and neither a late packet nor a gap. */
const MUCH = 0x4000;

/** Gives each IFP packet once and in order; what was lost comes out of the repetitions in a later datagram, where they reach so far. */
export class UdptlReceiver {
  #expected: number | null = null;
  #next = 0;
  /** Packets that did not come and were in no repetition. */
  lost = 0;
  /** Packets that came out of a repetition. */
  recovered = 0;

  /** What a datagram adds. Throws `fax.bad-udptl`. */
  receive(datagram: Uint8Array): readonly IfpPacket[] {
    const { sequence, primary, secondary } = parseUdptl(datagram);
    const expected = this.#expected ?? sequence;
    const distance = (sequence - expected) & 0xffff;
    // Behind what has been given already.
    if (distance > 0xffff - MUCH) return [];
    const gap = distance > MUCH ? 0 : distance;
    const repeated = Math.min(gap, secondary.length);
    const packets: IfpPacket[] = [];
    this.#next = (this.#next + gap - repeated) & 0xffff;
    const give = (ifp: Uint8Array) => {
      packets.push({ sequence: this.#next, ifp });
      this.#next = (this.#next + 1) & 0xffff;
    };
    for (let back = repeated; back > 0; back--) give(secondary[back - 1]!);
    give(primary);
    this.lost += gap - repeated;
    this.recovered += repeated;
    this.#expected = (sequence + 1) & 0xffff;
    return packets;
  }
}
