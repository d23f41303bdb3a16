import { randomInt } from 'node:crypto';
import {
  FRAME_SAMPLES,
  RTP_HEADER_BYTES,
  samplesOf,
  silenceCode,
  TELEPHONE_EVENT_BYTES,
  writeRtpHeader,
  writeRtpProgress,
  writeTelephoneEvent,
  type G711Codec,
  type TelephoneEvent,
} from '@callwright/media';

/** What identifies a stream of ours and where it stands. */
export interface StreamPosition {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
}

/** The longest packets that are asked for: 60 ms. */
const MAX_SAMPLES = 3 * FRAME_SAMPLES;

/**
 * The stream that we send: one packet buffer, of which from packet to packet only sequence, timestamp and payload change.
 * The timestamp goes on with every frame, whether it is sent or not.
 */
export class RtpOutput {
  ssrc = randomInt(0x1_0000_0000);
  /** The packet that is being filled; `payloadAt` is where the next frame belongs. */
  readonly packet = new Uint8Array(RTP_HEADER_BYTES + MAX_SAMPLES + FRAME_SAMPLES);
  codec: G711Codec = 'PCMU';
  timestamp = randomInt(0x1_0000_0000);
  packets = 0;
  bytes = 0;
  readonly #event = new Uint8Array(RTP_HEADER_BYTES + TELEPHONE_EVENT_BYTES);
  #sequence = randomInt(0x1_0000);
  #payloadType = 0;
  #marker = true;
  #packetSamples = FRAME_SAMPLES;
  /** Samples that wait in `packet`. */
  #filled = 0;
  #packetTimestamp = 0;
  #eventTimestamp = 0;

  configure(codec: G711Codec, payloadType: number, ptimeMs: number): void {
    this.codec = codec;
    this.#payloadType = payloadType;
    this.#packetSamples = Math.min(MAX_SAMPLES, samplesOf(ptimeMs));
    this.#filled = 0;
  }

  /** Where the stream stands, for another thread to go on with it. */
  get position(): StreamPosition {
    return { ssrc: this.ssrc, sequence: this.#sequence, timestamp: this.timestamp };
  }

  /** Goes on where another has left off. */
  resume({ ssrc, sequence, timestamp }: StreamPosition): void {
    this.ssrc = ssrc;
    this.#sequence = sequence;
    this.timestamp = timestamp;
    this.#filled = 0;
    this.#marker = true;
  }

  get payloadAt(): number {
    return RTP_HEADER_BYTES + this.#filled;
  }

  silence(): void {
    this.packet.fill(silenceCode(this.codec), this.payloadAt, this.payloadAt + FRAME_SAMPLES);
  }

  /** The frame at `payloadAt` is complete: the length of the packet that is now ready to go, or 0. Then ask for the `nextPacket`. */
  endFrame(): number {
    if (this.#filled === 0) this.#packetTimestamp = this.timestamp;
    this.timestamp = (this.timestamp + FRAME_SAMPLES) >>> 0;
    this.#filled += FRAME_SAMPLES;
    return this.#filled < this.#packetSamples ? 0 : this.#seal();
  }

  /** The packet before was sent: the length of another that is ready (packets of 10 and of 30 ms are not in step with frames), or 0. */
  nextPacket(): number {
    this.#filled -= this.#packetSamples;
    if (this.#filled === 0) return 0;
    const rest = RTP_HEADER_BYTES + this.#packetSamples;
    this.packet.copyWithin(RTP_HEADER_BYTES, rest, rest + this.#filled);
    this.#packetTimestamp = (this.#packetTimestamp + this.#packetSamples) >>> 0;
    return this.#filled < this.#packetSamples ? 0 : this.#seal();
  }

  #seal(): number {
    const length = RTP_HEADER_BYTES + this.#packetSamples;
    if (this.#marker) {
      writeRtpHeader(this.packet, {
        payloadType: this.#payloadType,
        marker: true,
        sequence: this.#sequence,
        timestamp: this.#packetTimestamp,
        ssrc: this.ssrc,
      });
      this.#marker = false;
    } else {
      this.packet[1] = this.#payloadType;
      writeRtpProgress(this.packet, this.#sequence, this.#packetTimestamp);
    }
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.packets++;
    this.bytes += length - RTP_HEADER_BYTES;
    return length;
  }

  /** Frames in which nothing is sent. The next packet begins a talk spurt (RFC 3551 section 4.1). */
  skipFrames(count: number): void {
    this.timestamp = (this.timestamp + count * FRAME_SAMPLES) >>> 0;
    this.#filled = 0;
    this.#marker = true;
  }

  /** A packet of an event in place of a frame. */
  eventPacket(payloadType: number, first: boolean, event: TelephoneEvent): Uint8Array {
    this.#filled = 0;
    if (first) this.#eventTimestamp = this.timestamp;
    writeRtpHeader(this.#event, {
      payloadType,
      marker: first,
      sequence: this.#sequence,
      timestamp: this.#eventTimestamp,
      ssrc: this.ssrc,
    });
    writeTelephoneEvent(this.#event, RTP_HEADER_BYTES, event);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.timestamp = (this.timestamp + FRAME_SAMPLES) >>> 0;
    this.packets++;
    this.bytes += TELEPHONE_EVENT_BYTES;
    return this.#event;
  }
}
