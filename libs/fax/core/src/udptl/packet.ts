import { badUdptl } from '../errors.js';

/** One UDPTL packet (ITU-T T.38 section 9.1), with redundancy as its error recovery. */
export interface UdptlPacket {
  /** 0 … 65535. */
  readonly sequence: number;
  /** The IFP packet itself. */
  readonly primary: Uint8Array;
  /** Those before it, the newest first: `secondary[0]` is number `sequence - 1`. Empty when forward error correction is used instead. */
  readonly secondary: readonly Uint8Array[];
}

/** Longer ones would have to be fragmented (X.691 section 10.9), which a datagram of this size never is. */
const MAX_FIELD = 16_383;
/** X.691: choice `fec-info` of `error-recovery`. */
const FEC = 0x80;
const MAX_SECONDARY = 64;

/** Reads a datagram; the packets are views of it. Throws `fax.bad-udptl` (kind `remote`). */
export function parseUdptl(bytes: Uint8Array): UdptlPacket {
  if (bytes.length < 4) throw badUdptl('it is too short');
  const sequence = (bytes[0]! << 8) | bytes[1]!;
  const reader = new Reader(bytes, 2);
  const primary = reader.field();
  // Some implementations leave the rest out when there is nothing in it.
  if (reader.atEnd) return { sequence, primary, secondary: [] };
  if (reader.byte() & FEC) return { sequence, primary, secondary: [] };
  const count = reader.length();
  if (count > MAX_SECONDARY) throw badUdptl('it repeats too many packets');
  const secondary: Uint8Array[] = [];
  for (let n = 0; n < count; n++) secondary.push(reader.field());
  return { sequence, primary, secondary };
}

/** Writes a packet; throws `fax.bad-udptl` for what does not fit into one. */
export function buildUdptl({ sequence, primary, secondary }: UdptlPacket): Uint8Array {
  if (secondary.length > MAX_SECONDARY) throw badUdptl('it repeats too many packets');
  const bytes = new Uint8Array(udptlBytes(primary, secondary));
  bytes[0] = sequence >>> 8;
  bytes[1] = sequence;
  let at = writeField(bytes, 2, primary);
  bytes[at++] = 0;
  bytes[at++] = secondary.length;
  for (const packet of secondary) at = writeField(bytes, at, packet);
  return bytes;
}

/** How long the datagram becomes. */
export const udptlBytes = (primary: Uint8Array, secondary: readonly Uint8Array[]): number =>
  2 + fieldBytes(primary) + 2 + secondary.reduce((sum, packet) => sum + fieldBytes(packet), 0);

const fieldBytes = (field: Uint8Array) => field.length + (field.length < 0x80 ? 1 : 2);

function writeField(into: Uint8Array, at: number, field: Uint8Array): number {
  if (field.length > MAX_FIELD) throw badUdptl('a field is too long');
  if (field.length >= 0x80) into[at++] = 0x80 | (field.length >>> 8);
  into[at++] = field.length;
  into.set(field, at);
  return at + field.length;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw badUdptl('it is cut off');
    return byte;
  }

  /** A length determinant of X.691. */
  length(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    if (first >= 0xc0) throw badUdptl('it is fragmented');
    return ((first & 0x3f) << 8) | this.byte();
  }

  /** An open type: a length and so many bytes. */
  field(): Uint8Array {
    const length = this.length();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw badUdptl('a field is cut off');
    const field = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return field;
  }
}
