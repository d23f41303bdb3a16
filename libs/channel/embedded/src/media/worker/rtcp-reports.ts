import { randomBytes } from 'node:crypto';
import {
  buildRtcp,
  compactNtp,
  ntpTime,
  parseRtcp,
  roundTripMs,
  type Reception,
  type ReportBlock,
  type RtcpPacket,
} from '@callwright/media';
import type { RtpOutput } from './rtp-output.js';

/** RFC 3550 section 6.2: five seconds, varied by half so that legs do not report in step. */
const INTERVAL_MS = 5000;

/** The reports of one leg: what we tell of its streams, and what the far end tells of ours. Times are Unix ms. */
export class RtcpReports {
  /** The last that is known, or null. */
  roundTripMs: number | null = null;
  /** Of our packets, by the far end's last report. */
  farEndLost = 0;
  readonly #output: RtpOutput;
  readonly #reception: Reception;
  /** Not an address and not a name: RFC 7022 section 4.2. */
  readonly #cname = randomBytes(12).toString('base64url');
  #dueAt = 0;
  #packetsAtReport = 0;
  #lastSenderReport = 0;
  #lastSenderReportAt = 0;

  constructor(output: RtpOutput, reception: Reception) {
    this.#output = output;
    this.#reception = reception;
  }

  /** The next report when it is time for it, else null. The first one comes after one to two seconds. */
  due(now: number): Uint8Array | null {
    if (this.#dueAt === 0) this.#dueAt = now + 1000 + Math.random() * 1000;
    if (now < this.#dueAt) return null;
    this.#dueAt = now + INTERVAL_MS * (0.5 + Math.random());
    return buildRtcp([this.#report(now), this.#description()]);
  }

  goodbye(now: number): Uint8Array {
    return buildRtcp([this.#report(now), this.#description(), { type: 'bye', ssrcs: [this.#output.ssrc], reason: '' }]);
  }

  /** Throws `media.bad-rtcp`. */
  receive(bytes: Uint8Array, now: number): void {
    for (const packet of parseRtcp(bytes)) {
      if (packet.type === 'sender-report') {
        this.#lastSenderReport = compactNtp({ seconds: packet.sender.ntpSeconds, fraction: packet.sender.ntpFraction });
        this.#lastSenderReportAt = now;
      }
      if (packet.type === 'sender-report' || packet.type === 'receiver-report')
        packet.blocks.forEach((block) => this.#take(block, now));
    }
  }

  #take(block: ReportBlock, now: number): void {
    if (block.ssrc !== this.#output.ssrc) return;
    this.farEndLost = Math.max(0, block.packetsLost);
    const trip = roundTripMs(compactNtp(ntpTime(now)), block.lastSenderReport, block.delaySinceLastSenderReport);
    if (trip !== null) this.roundTripMs = trip;
  }

  #report(now: number): RtcpPacket {
    const { ssrc, packets, bytes, timestamp } = this.#output;
    const blocks = this.#blocks(now);
    const sent = packets > this.#packetsAtReport;
    this.#packetsAtReport = packets;
    if (!sent) return { type: 'receiver-report', ssrc, blocks };
    const { seconds, fraction } = ntpTime(now);
    return {
      type: 'sender-report',
      ssrc,
      sender: {
        ntpSeconds: seconds,
        ntpFraction: fraction,
        rtpTimestamp: timestamp,
        packets: packets >>> 0,
        bytes: bytes >>> 0,
      },
      blocks,
    };
  }

  #blocks(now: number): readonly ReportBlock[] {
    const report = this.#reception.report();
    if (!report) return [];
    const delaySinceLastSenderReport =
      this.#lastSenderReport === 0 ? 0 : Math.round(((now - this.#lastSenderReportAt) * 65_536) / 1000) >>> 0;
    return [{ ...report, lastSenderReport: this.#lastSenderReport, delaySinceLastSenderReport }];
  }

  #description(): RtcpPacket {
    return { type: 'source-description', chunks: [{ ssrc: this.#output.ssrc, cname: this.#cname }] };
  }
}
