import { randomInt } from 'node:crypto';
import {
  FRAME_SAMPLES,
  RTP_HEADER_BYTES,
  silenceCode,
  TELEPHONE_EVENT_BYTES,
  writeRtpHeader,
  writeRtpProgress,
  writeTelephoneEvent,
  type G711Codec,
  type TelephoneEvent,
} from '@callwright/media';

/** The longest packets that are asked for: 60 ms. */
const MAX_FRAMES = 3;

/**
 * The stream that we send: one packet buffer, of which from packet to packet only sequence, timestamp and payload change.
 * The timestamp goes on with every frame, whether it is sent or not.
 */
export class RtpOutput {
  readonly ssrc = randomInt(0x1_0000_0000);
  /** The packet that is being filled; `payloadAt` is where the next frame belongs. */
  readonly packet = new Uint8Array(RTP_HEADER_BYTES + MAX_FRAMES * FRAME_SAMPLES);
  codec: G711Codec = 'PCMU';
  timestamp = randomInt(0x1_0000_0000);
  packets = 0;
  bytes = 0;
  readonly #event = new Uint8Array(RTP_HEADER_BYTES + TELEPHONE_EVENT_BYTES);
  #sequence = randomInt(0x1_0000);
  #payloadType = 0;
  #marker = true;
  #framesPerPacket = 1;
  #frames = 0;
  #packetTimestamp = 0;
  #eventTimestamp = 0;

  configure(codec: G711Codec, payloadType: number, ptimeMs: number): void {
    this.codec = codec;
    this.#payloadType = payloadType;
    this.#framesPerPacket = Math.min(MAX_FRAMES, Math.max(1, Math.floor(ptimeMs / 20)));
    this.#frames = 0;
  }

  get payloadAt(): number {
    return RTP_HEADER_BYTES + this.#frames * FRAME_SAMPLES;
  }

  silence(): void {
    this.packet.fill(silenceCode(this.codec), this.payloadAt, this.payloadAt + FRAME_SAMPLES);
  }

  /** The frame at `payloadAt` is complete: the length of the packet that is now ready to go, or 0. */
  endFrame(): number {
    if (this.#frames === 0) this.#packetTimestamp = this.timestamp;
    this.timestamp = (this.timestamp + FRAME_SAMPLES) >>> 0;
    if (++this.#frames < this.#framesPerPacket) return 0;
    const length = this.payloadAt;
    this.#frames = 0;
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
    this.#frames = 0;
    this.#marker = true;
  }

  /** A packet of an event in place of a frame. */
  eventPacket(payloadType: number, first: boolean, event: TelephoneEvent): Uint8Array {
    this.#frames = 0;
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
