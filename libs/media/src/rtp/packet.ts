import { badRtp } from '../errors.js';

/** RTP's fixed header, without CSRCs and extension. */
export const RTP_HEADER_BYTES = 12;

/** One RTP packet (RFC 3550 section 5.1), without its CSRC list and header extension, which telephony does not use. */
export interface RtpPacket {
  /** 0 … 127. */
  readonly payloadType: number;
  readonly marker: boolean;
  /** 0 … 65535. */
  readonly sequence: number;
  /** 0 … 2^32 - 1, in samples. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

/**
 * Reads packets into itself, so that a stream of a hundred thousand packets a second makes no garbage.
 * After `read` gave true the fields are those of the packet; the payload is `bytes[payloadStart … payloadEnd)`.
 */
export class RtpReader {
  payloadType = 0;
  marker = false;
  sequence = 0;
  timestamp = 0;
  ssrc = 0;
  payloadStart = 0;
  payloadEnd = 0;
  /** Why the last `read` gave false. */
  problem = '';

  /** Reads the first `length` bytes; false for anything that is not RTP of version 2. */
  read(bytes: Uint8Array, length: number): boolean {
    if (length < RTP_HEADER_BYTES) return this.#refuse('shorter than its header');
    const first = bytes[0]!;
    if (first >> 6 !== 2) return this.#refuse('its version is not 2');
    const second = bytes[1]!;
    // RFC 5761 section 4: what would be payload types 64 … 95 with the marker is RTCP.
    if (second >= 192 && second <= 223) return this.#refuse('it is RTCP');
    let start = RTP_HEADER_BYTES + (first & 0x0f) * 4;
    if (first & 0x10) {
      if (start + 4 > length) return this.#refuse('its extension is cut off');
      start += 4 + ((bytes[start + 2]! << 8) | bytes[start + 3]!) * 4;
    }
    let end = length;
    if (first & 0x20) {
      const padding = bytes[length - 1]!;
      if (padding === 0) return this.#refuse('its padding is empty');
      end -= padding;
    }
    if (start > end) return this.#refuse('its header is longer than itself');
    this.payloadType = second & 0x7f;
    this.marker = (second & 0x80) !== 0;
    this.sequence = (bytes[2]! << 8) | bytes[3]!;
    this.timestamp = ((bytes[4]! << 24) | (bytes[5]! << 16) | (bytes[6]! << 8) | bytes[7]!) >>> 0;
    this.ssrc = ((bytes[8]! << 24) | (bytes[9]! << 16) | (bytes[10]! << 8) | bytes[11]!) >>> 0;
    this.payloadStart = start;
    this.payloadEnd = end;
    return true;
  }

  #refuse(problem: string): false {
    this.problem = problem;
    return false;
  }
}

/** Reads one packet; the payload is a view of `bytes`. Throws `media.bad-rtp` (kind `remote`). */
export function parseRtp(bytes: Uint8Array): RtpPacket {
  const reader = new RtpReader();
  if (!reader.read(bytes, bytes.length)) throw badRtp(reader.problem);
  const { payloadType, marker, sequence, timestamp, ssrc } = reader;
  return {
    payloadType,
    marker,
    sequence,
    timestamp,
    ssrc,
    payload: bytes.subarray(reader.payloadStart, reader.payloadEnd),
  };
}

/** Writes the fixed header to the first 12 bytes of `into`. */
export function writeRtpHeader(into: Uint8Array, header: Omit<RtpPacket, 'payload'>): void {
  into[0] = 0x80;
  into[1] = header.payloadType | (header.marker ? 0x80 : 0);
  into[8] = header.ssrc >>> 24;
  into[9] = header.ssrc >>> 16;
  into[10] = header.ssrc >>> 8;
  into[11] = header.ssrc;
  writeRtpProgress(into, header.sequence, header.timestamp);
}

/** What alone changes from packet to packet of a stream. */
export function writeRtpProgress(into: Uint8Array, sequence: number, timestamp: number): void {
  into[2] = sequence >>> 8;
  into[3] = sequence;
  into[4] = timestamp >>> 24;
  into[5] = timestamp >>> 16;
  into[6] = timestamp >>> 8;
  into[7] = timestamp;
}

export function buildRtp(packet: RtpPacket): Uint8Array {
  const bytes = new Uint8Array(RTP_HEADER_BYTES + packet.payload.length);
  writeRtpHeader(bytes, packet);
  bytes.set(packet.payload, RTP_HEADER_BYTES);
  return bytes;
}
