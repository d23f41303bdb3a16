import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  decodeG711,
  encodeG711,
  FRAME_SAMPLES,
  parseRtp,
  readTelephoneEvent,
  RTP_HEADER_BYTES,
  TelephoneEventSender,
  timestampDistance,
  writeRtpHeader,
  writeTelephoneEvent,
  buildRtp,
  type G711Codec,
  type RtpPacket,
} from '@callwright/media';
import type { MediaParameters } from '../port.js';

export interface PhoneOptions {
  readonly codec?: G711Codec;
  readonly telephoneEvent?: number | null;
  /** Whether a packet that it sends is lost. */
  readonly lossOut?: () => boolean;
  /** How long the network keeps it, in ms. */
  readonly delayOut?: () => number;
}

/** What takes the place of the person at the phone: it hears and says a frame of 160 samples at a time. */
export interface RtpMachine {
  hear(frame: Int16Array): void;
  say(frame: Int16Array): void;
}

/** A payload of silence in A-law, as it is sent when nobody speaks. */
export const isSilent = (payload: Uint8Array): boolean => payload.every((code) => code === 0xd5);

/** The media of a telephone on loopback: sends sound and keys in real time, keeps what it hears. */
export class RtpPhone {
  readonly received: { readonly packet: RtpPacket; readonly at: number }[] = [];
  readonly reports: Buffer[] = [];
  readonly #socket: Socket;
  readonly #control: Socket;
  readonly #codec: G711Codec;
  readonly #telephoneEvent: number | null;
  readonly #lossOut: () => boolean;
  readonly #delayOut: () => number;
  readonly #ssrc = Math.floor(Math.random() * 0x1_0000_0000);
  #open = true;
  #sequence = Math.floor(Math.random() * 0x1_0000);
  #timestamp = Math.floor(Math.random() * 0x1_0000_0000);
  #sound: { readonly codes: Uint8Array; at: number } | null = null;
  #machine: RtpMachine | null = null;
  #keys: TelephoneEventSender | null = null;
  #keyTimestamp = 0;
  #timer: NodeJS.Timeout | null = null;
  #target: { readonly address: string; readonly port: number } | null = null;

  private constructor(socket: Socket, control: Socket, options: PhoneOptions) {
    this.#socket = socket;
    this.#control = control;
    this.#codec = options.codec ?? 'PCMA';
    this.#telephoneEvent = options.telephoneEvent === undefined ? 101 : options.telephoneEvent;
    this.#lossOut = options.lossOut ?? (() => false);
    this.#delayOut = options.delayOut ?? (() => 0);
    socket.on('message', (bytes) => {
      const packet = parseRtp(bytes);
      this.received.push({ packet, at: performance.now() });
      if (packet.payloadType !== this.#telephoneEvent)
        this.#machine?.hear(decodeG711(packet.payloadType === 0 ? 'PCMU' : 'PCMA', packet.payload));
    });
    control.on('message', (bytes) => this.reports.push(bytes));
  }

  static async open(options: PhoneOptions = {}): Promise<RtpPhone> {
    for (;;) {
      const socket = createSocket('udp4');
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      const control = createSocket('udp4');
      try {
        control.bind(socket.address().port + 1, '127.0.0.1');
        await once(control, 'listening');
        return new RtpPhone(socket, control, options);
      } catch {
        socket.close();
        control.close();
      }
    }
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** What its SDP says. */
  parameters(more: Partial<MediaParameters> = {}): MediaParameters {
    return {
      remoteAddress: '127.0.0.1',
      remotePort: this.port,
      codec: this.#codec,
      payloadType: this.#codec === 'PCMU' ? 0 : 8,
      telephoneEvent: this.#telephoneEvent,
      direction: 'sendrecv',
      ptimeMs: 20,
      learn: 'anybody',
      loopbackAllowed: true,
      ...more,
    };
  }

  /** Sends a packet every 20 ms from now on: sound, keys, or silence. */
  talkTo(port: number): void {
    this.#target = { address: '127.0.0.1', port };
    const start = performance.now();
    let count = 0;
    const step = () => {
      for (; start + count * 20 <= performance.now(); count++) this.#frame();
      this.#timer = setTimeout(step, Math.max(1, start + count * 20 - performance.now()));
    };
    step();
  }

  hush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  say(pcm: Int16Array): void {
    this.#sound = { codes: encodeG711(this.#codec, pcm), at: 0 };
  }

  /** From now on a machine is at the phone; null: nobody. */
  attach(machine: RtpMachine | null): void {
    this.#machine = machine;
  }

  press(digits: string, durationMs = 100, gapMs = 100): void {
    this.#keys = new TelephoneEventSender({ digits, durationMs, gapMs, packetMs: 20 });
  }

  /** A packet of its own making, as a part of its stream where nothing else is said. */
  sendPacket(packet: Partial<RtpPacket>): void {
    this.#send(buildRtp({ ...this.#header(), payload: new Uint8Array(FRAME_SAMPLES), ...packet }));
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + FRAME_SAMPLES) >>> 0;
  }

  sendRaw(bytes: Uint8Array, port: number): void {
    this.#socket.send(bytes, port, '127.0.0.1');
  }

  /** What was heard, each packet at the place that its timestamp gives it; what never came is silent. */
  heard(): Int16Array {
    const audio = this.received.filter(({ packet }) => packet.payloadType !== this.#telephoneEvent);
    const first = audio[0]?.packet.timestamp ?? 0;
    const at = (packet: RtpPacket) => timestampDistance(first, packet.timestamp);
    const out = new Int16Array(audio.reduce((end, { packet }) => Math.max(end, at(packet) + packet.payload.length), 0));
    for (const { packet } of audio) {
      const codec = packet.payloadType === 0 ? 'PCMU' : 'PCMA';
      if (at(packet) >= 0) out.set(decodeG711(codec, packet.payload), at(packet));
    }
    return out;
  }

  /** The event packets that were heard. */
  events() {
    return this.received
      .filter(({ packet }) => packet.payloadType === this.#telephoneEvent)
      .map(({ packet }) => ({
        ...readTelephoneEvent(packet.payload, 0, packet.payload.length)!,
        timestamp: packet.timestamp,
      }));
  }

  close(): void {
    this.#open = false;
    this.hush();
    this.#socket.close();
    this.#control.close();
  }

  #frame(): void {
    const step = this.#keys?.step();
    if (step?.type === 'done') this.#keys = null;
    if (step?.type === 'event' && this.#telephoneEvent !== null) {
      if (step.first) this.#keyTimestamp = this.#timestamp;
      const bytes = new Uint8Array(RTP_HEADER_BYTES + 4);
      writeRtpHeader(bytes, {
        ...this.#header(),
        payloadType: this.#telephoneEvent,
        marker: step.first,
        timestamp: this.#keyTimestamp,
      });
      writeTelephoneEvent(bytes, RTP_HEADER_BYTES, step.packet);
      this.#send(bytes);
    } else {
      this.#send(buildRtp({ ...this.#header(), payload: this.#nextCodes() }));
    }
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + FRAME_SAMPLES) >>> 0;
  }

  #nextCodes(): Uint8Array {
    if (this.#machine) {
      const frame = new Int16Array(FRAME_SAMPLES);
      this.#machine.say(frame);
      return encodeG711(this.#codec, frame);
    }
    const silence = encodeG711(this.#codec, new Int16Array(FRAME_SAMPLES));
    const sound = this.#sound;
    if (!sound) return silence;
    silence.set(sound.codes.subarray(sound.at, sound.at + FRAME_SAMPLES));
    sound.at += FRAME_SAMPLES;
    if (sound.at >= sound.codes.length) this.#sound = null;
    return silence;
  }

  #header() {
    return {
      payloadType: this.#codec === 'PCMU' ? 0 : 8,
      marker: false,
      sequence: this.#sequence,
      timestamp: this.#timestamp,
      ssrc: this.#ssrc,
    };
  }

  #send(bytes: Uint8Array): void {
    const target = this.#target;
    if (!target || this.#lossOut()) return;
    const delay = this.#delayOut();
    const send = () => this.#open && this.#socket.send(bytes, target.port, target.address);
    if (delay > 0) setTimeout(send, delay);
    else send();
  }
}
