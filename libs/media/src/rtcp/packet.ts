import { badRtcp } from '../errors.js';
import type { ReceptionReport } from '../rtp/reception.js';

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const BYE = 203;
const CNAME = 1;

/** A report block with the two fields that give the round trip (RFC 3550 section 6.4.1). */
export interface ReportBlock extends ReceptionReport {
  /** The middle 32 bits of the NTP time of the last sender report that came; 0: none came. */
  readonly lastSenderReport: number;
  /** Since it came, in 1/65536 s. */
  readonly delaySinceLastSenderReport: number;
}

export interface SenderInfo {
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly bytes: number;
}

/** The packets of RFC 3550 that telephony uses; others in a compound are passed over. */
export type RtcpPacket =
  | {
      readonly type: 'sender-report';
      readonly ssrc: number;
      readonly sender: SenderInfo;
      readonly blocks: readonly ReportBlock[];
    }
  | { readonly type: 'receiver-report'; readonly ssrc: number; readonly blocks: readonly ReportBlock[] }
  | {
      readonly type: 'source-description';
      readonly chunks: readonly { readonly ssrc: number; readonly cname: string | null }[];
    }
  | { readonly type: 'bye'; readonly ssrcs: readonly number[]; readonly reason: string };

/** Reads a compound packet (RFC 3550 section 6.1). Throws `media.bad-rtcp` (kind `remote`). */
export function parseRtcp(bytes: Uint8Array): readonly RtcpPacket[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: RtcpPacket[] = [];
  let at = 0;
  if (bytes.length < 8) throw badRtcp('shorter than its header');
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw badRtcp('a header is cut off');
    const first = bytes[at]!;
    if (first >> 6 !== 2) throw badRtcp('its version is not 2');
    const type = bytes[at + 1]!;
    if (at === 0 && type !== SENDER_REPORT && type !== RECEIVER_REPORT)
      throw badRtcp('it does not begin with a report');
    const end = at + 4 + view.getUint16(at + 2) * 4;
    if (end > bytes.length) throw badRtcp('a length goes beyond the datagram');
    // Padding is allowed on the last packet alone (RFC 3550 section 6.4.1).
    let bodyEnd = end;
    if (first & 0x20) {
      const padding = bytes[end - 1]!;
      if (end !== bytes.length || padding === 0 || padding % 4 !== 0 || end - padding < at + 4)
        throw badRtcp('its padding is wrong');
      bodyEnd = end - padding;
    }
    const packet = parseOne(view, type, first & 0x1f, at + 4, bodyEnd);
    if (packet) packets.push(packet);
    at = end;
  }
  return packets;
}

function parseOne(view: DataView, type: number, count: number, at: number, end: number): RtcpPacket | null {
  switch (type) {
    case SENDER_REPORT: {
      if (at + 24 > end) throw badRtcp('a sender report is cut off');
      const sender = {
        ntpSeconds: view.getUint32(at + 4),
        ntpFraction: view.getUint32(at + 8),
        rtpTimestamp: view.getUint32(at + 12),
        packets: view.getUint32(at + 16),
        bytes: view.getUint32(at + 20),
      };
      return {
        type: 'sender-report',
        ssrc: view.getUint32(at),
        sender,
        blocks: parseBlocks(view, count, at + 24, end),
      };
    }
    case RECEIVER_REPORT:
      if (at + 4 > end) throw badRtcp('a receiver report is cut off');
      return { type: 'receiver-report', ssrc: view.getUint32(at), blocks: parseBlocks(view, count, at + 4, end) };
    case SOURCE_DESCRIPTION:
      return { type: 'source-description', chunks: parseChunks(view, count, at, end) };
    case BYE: {
      if (at + count * 4 > end) throw badRtcp('a goodbye is cut off');
      const ssrcs = Array.from({ length: count }, (_, n) => view.getUint32(at + n * 4));
      const text = at + count * 4;
      if (text >= end) return { type: 'bye', ssrcs, reason: '' };
      const length = view.getUint8(text);
      if (text + 1 + length > end) throw badRtcp('the reason of a goodbye is cut off');
      return { type: 'bye', ssrcs, reason: readText(view, text + 1, length) };
    }
    default:
      return null;
  }
}

function parseBlocks(view: DataView, count: number, start: number, end: number): ReportBlock[] {
  if (start + count * 24 > end) throw badRtcp('a report block is cut off');
  return Array.from({ length: count }, (_, n) => {
    const at = start + n * 24;
    return {
      ssrc: view.getUint32(at),
      fractionLost: view.getUint8(at + 4),
      // A signed number of 24 bits: duplicates can make it negative.
      packetsLost: (view.getInt32(at + 4) << 8) >> 8,
      highestSequence: view.getUint32(at + 8),
      jitter: view.getUint32(at + 12),
      lastSenderReport: view.getUint32(at + 16),
      delaySinceLastSenderReport: view.getUint32(at + 20),
    };
  });
}

function parseChunks(view: DataView, count: number, start: number, end: number) {
  const chunks: { ssrc: number; cname: string | null }[] = [];
  let at = start;
  for (let n = 0; n < count; n++) {
    if (at + 4 > end) throw badRtcp('a source description is cut off');
    const ssrc = view.getUint32(at);
    let cname: string | null = null;
    at += 4;
    for (;;) {
      if (at >= end) throw badRtcp('a source description has no end');
      const item = view.getUint8(at);
      if (item === 0) break;
      if (at + 2 > end || at + 2 + view.getUint8(at + 1) > end)
        throw badRtcp('an item of a source description is cut off');
      const length = view.getUint8(at + 1);
      if (item === CNAME) cname = readText(view, at + 2, length);
      at += 2 + length;
    }
    // The closing zeros run to the next 32-bit boundary.
    at += 4 - ((at - start) % 4);
    chunks.push({ ssrc, cname });
  }
  return chunks;
}

/** Texts of RTCP are UTF-8; we write ASCII alone, and read every byte as one character. */
function readText(view: DataView, at: number, length: number): string {
  let text = '';
  for (let n = 0; n < length; n++) text += String.fromCharCode(view.getUint8(at + n));
  return text;
}

/** Writes a compound packet; the first must be a report. Texts longer than 255 bytes are cut. */
export function buildRtcp(packets: readonly RtcpPacket[]): Uint8Array {
  const bytes = new Uint8Array(packets.reduce((sum, packet) => sum + sizeOf(packet), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const packet of packets) {
    const size = sizeOf(packet);
    writeOne(view, at, size, packet);
    at += size;
  }
  return bytes;
}

const wholeWords = (bytes: number) => Math.ceil(bytes / 4) * 4;
const textBytes = (text: string) => Math.min(255, text.length);

function sizeOf(packet: RtcpPacket): number {
  switch (packet.type) {
    case 'sender-report':
      return 28 + packet.blocks.length * 24;
    case 'receiver-report':
      return 8 + packet.blocks.length * 24;
    case 'source-description':
      return 4 + packet.chunks.reduce((sum, { cname }) => sum + 4 + chunkTextBytes(cname), 0);
    case 'bye':
      return 4 + packet.ssrcs.length * 4 + (packet.reason ? wholeWords(1 + textBytes(packet.reason)) : 0);
  }
}

const chunkTextBytes = (cname: string | null) => wholeWords((cname === null ? 0 : 2 + textBytes(cname)) + 1);

function writeOne(view: DataView, at: number, size: number, packet: RtcpPacket): void {
  const header = (type: number, count: number) => {
    view.setUint8(at, 0x80 | count);
    view.setUint8(at + 1, type);
    view.setUint16(at + 2, size / 4 - 1);
  };
  switch (packet.type) {
    case 'sender-report':
      header(SENDER_REPORT, packet.blocks.length);
      view.setUint32(at + 4, packet.ssrc);
      view.setUint32(at + 8, packet.sender.ntpSeconds);
      view.setUint32(at + 12, packet.sender.ntpFraction);
      view.setUint32(at + 16, packet.sender.rtpTimestamp);
      view.setUint32(at + 20, packet.sender.packets);
      view.setUint32(at + 24, packet.sender.bytes);
      writeBlocks(view, at + 28, packet.blocks);
      break;
    case 'receiver-report':
      header(RECEIVER_REPORT, packet.blocks.length);
      view.setUint32(at + 4, packet.ssrc);
      writeBlocks(view, at + 8, packet.blocks);
      break;
    case 'source-description': {
      header(SOURCE_DESCRIPTION, packet.chunks.length);
      let chunk = at + 4;
      for (const { ssrc, cname } of packet.chunks) {
        view.setUint32(chunk, ssrc);
        if (cname !== null) {
          view.setUint8(chunk + 4, CNAME);
          writeText(view, chunk + 5, cname);
        }
        chunk += 4 + chunkTextBytes(cname);
      }
      break;
    }
    case 'bye':
      header(BYE, packet.ssrcs.length);
      packet.ssrcs.forEach((ssrc, n) => view.setUint32(at + 4 + n * 4, ssrc));
      if (packet.reason) writeText(view, at + 4 + packet.ssrcs.length * 4, packet.reason);
      break;
  }
}

function writeBlocks(view: DataView, start: number, blocks: readonly ReportBlock[]): void {
  blocks.forEach((block, n) => {
    const at = start + n * 24;
    view.setUint32(at, block.ssrc);
    view.setUint32(at + 4, ((block.fractionLost << 24) | (block.packetsLost & 0xffffff)) >>> 0);
    view.setUint32(at + 8, block.highestSequence);
    view.setUint32(at + 12, block.jitter);
    view.setUint32(at + 16, block.lastSenderReport);
    view.setUint32(at + 20, block.delaySinceLastSenderReport);
  });
}

/** A length byte and the text. */
function writeText(view: DataView, at: number, text: string): void {
  const length = textBytes(text);
  view.setUint8(at, length);
  for (let n = 0; n < length; n++) view.setUint8(at + 1 + n, text.charCodeAt(n));
}
