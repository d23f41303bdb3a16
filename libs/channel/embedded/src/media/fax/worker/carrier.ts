import { UdptlReceiver, UdptlSender } from '@callwright/fax';
import {
  AudioTerminal,
  PacketTerminal,
  type Spandsp,
  type TerminalEvents,
  type TerminalRequest,
} from '@callwright/fax-terminal';
import { decodeTable, encodeTable, FixedJitterBuffer, FRAME_SAMPLES, RtpReader } from '@callwright/media';
import { isCallwrightError } from '@callwright/kernel';
import type { MediaParameters, T38Transport } from '../../port.js';
import type { FarEnd } from '../../worker/far-end.js';
import type { RtpOutput } from '../../worker/rtp-output.js';

/** Datagrams read in one turn. */
const MAX_READ = 256;
/**
 * What a fax can spare: T.30 waits for seconds. It takes up a bad network's jitter, ten minutes of two clocks that differ, and a busy machine
 * at the other end that sends a fifth of a second late.
 */
const DELAY_MS = 240;
/** So many frames that did not come are made up for: longer, and it would be a signal that nobody sent. */
const REPEATED_FRAMES = 3;
/** After so many frames that did not come the far end is silent (it sends nothing while it says nothing), and no longer disturbed. */
const SILENT_FRAMES = 10;
/** For so many turns after the change to T.38 late audio may still arrive. */
const LATE_AUDIO_TURNS = 150;
/** Turns after which the last datagram is sent again when none followed: its repetitions would never come. */
const REPEAT_AFTER = [1, 3];

export interface CarrierParts {
  readonly spandsp: Spandsp;
  readonly farEnd: Pick<FarEnd, 'configure' | 'isFrom' | 'receive' | 'send'>;
  /** Where a datagram that was received is. */
  readonly buffer: Uint8Array;
  readonly request: TerminalRequest;
  readonly events: TerminalEvents;
}

/** How a fax travels: it reads the far end's datagrams and sends ours, a turn every 20 ms. */
export interface Carrier {
  readonly terminal: AudioTerminal | PacketTerminal;
  turn(now: number): void;
}

const reader = new RtpReader();
/** One thread does one thing at a time: these are scratch. */
const heard = new Int16Array(FRAME_SAMPLES);
const said = new Int16Array(FRAME_SAMPLES);
const silence = new Int16Array(FRAME_SAMPLES);

/** T.30 in G.711: nothing is concealed, mixed, levelled or left out. */
export class AudioCarrier implements Carrier {
  readonly terminal: AudioTerminal;
  readonly #parts: CarrierParts;
  readonly #output: RtpOutput;
  readonly #jitter = new FixedJitterBuffer(DELAY_MS);
  #parameters: MediaParameters;
  #missing = 0;
  /** The frame before. */
  readonly #before = new Int16Array(FRAME_SAMPLES);

  constructor(parts: CarrierParts, output: RtpOutput, parameters: MediaParameters) {
    this.#parts = parts;
    this.#output = output;
    this.#parameters = parameters;
    this.terminal = new AudioTerminal(parts.spandsp, parts.request, parts.events);
    this.configure(parameters);
  }

  configure(parameters: MediaParameters): void {
    this.#parameters = parameters;
    this.#output.configure(parameters.codec, parameters.payloadType, parameters.ptimeMs);
    this.#parts.farEnd.configure(parameters);
  }

  turn(now: number): void {
    this.#read(now);
    this.#hear();
    this.terminal.say(said);
    this.#send();
  }

  #read(now: number): void {
    const { farEnd, buffer } = this.#parts;
    const decode = decodeTable(this.#parameters.codec);
    for (let read = 0; read < MAX_READ; read++) {
      const length = farEnd.receive();
      if (length === 0) return;
      if (!reader.read(buffer, length) || reader.payloadType !== this.#parameters.payloadType) continue;
      if (!farEnd.isFrom(reader.ssrc, reader.sequence, now, true)) continue;
      this.#jitter.insert(reader.timestamp, buffer, reader.payloadStart, reader.payloadEnd, decode);
    }
  }

  /** What did not come is what came 20 ms before: modems' carriers and symbols have whole periods in that time, so they keep their step. */
  #hear(): void {
    const came = this.#jitter.take(heard);
    this.#missing = came === 0 ? this.#missing + 1 : 0;
    if (this.#missing > SILENT_FRAMES) return this.terminal.hear(silence);
    if (this.#missing > REPEATED_FRAMES) return this.terminal.miss(FRAME_SAMPLES);
    const { present } = this.#jitter;
    for (let n = 0; came < FRAME_SAMPLES && n < FRAME_SAMPLES; n++) if (present[n] === 0) heard[n] = this.#before[n]!;
    this.#before.set(heard);
    this.terminal.hear(heard);
  }

  #send(): void {
    const output = this.#output;
    const table = encodeTable(output.codec);
    const { packet, payloadAt } = output;
    for (let n = 0; n < FRAME_SAMPLES; n++) packet[payloadAt + n] = table[said[n]! & 0xffff]!;
    for (let length = output.endFrame(); length > 0; length = output.nextPacket())
      this.#parts.farEnd.send(packet, length);
  }
}

/** T.38 over UDPTL. */
export class PacketCarrier implements Carrier {
  readonly terminal: PacketTerminal;
  readonly #parts: CarrierParts;
  readonly #receiver = new UdptlReceiver();
  readonly #audioPayloadType: number | null;
  readonly #repeats: boolean;
  #last: Uint8Array | null = null;
  #sentAgo = 0;
  #turns = 0;

  constructor(parts: CarrierParts, t38: T38Transport, audioPayloadType: number | null) {
    this.#parts = parts;
    this.#audioPayloadType = audioPayloadType;
    this.#repeats = t38.redundancy > 0;
    const { farEnd } = parts;
    farEnd.configure(t38);
    const sender = new UdptlSender(t38.redundancy, t38.limits.maxDatagram);
    this.terminal = new PacketTerminal(parts.spandsp, parts.request, t38.limits, parts.events, (ifp) => {
      this.#last = sender.next(ifp);
      this.#sentAgo = 0;
      farEnd.send(this.#last, this.#last.length);
    });
  }

  turn(now: number): void {
    this.#turns++;
    this.#sentAgo++;
    this.#read(now);
    this.terminal.pass(FRAME_SAMPLES);
    const due = this.#repeats && this.#last !== null && REPEAT_AFTER.includes(this.#sentAgo);
    if (due && this.#last) this.#parts.farEnd.send(this.#last, this.#last.length);
  }

  #read(now: number): void {
    const { farEnd, buffer } = this.#parts;
    for (let read = 0; read < MAX_READ; read++) {
      const length = farEnd.receive();
      if (length === 0) return;
      if (length < 4 || this.#isLateAudio(length)) continue;
      if (!farEnd.isFrom(0, (buffer[0]! << 8) | buffer[1]!, now, true)) continue;
      for (const { ifp, sequence } of this.#packets(buffer.slice(0, length))) this.terminal.hear(ifp, sequence);
    }
  }

  /** Garbage is the far end's business; the fax goes on without it. */
  #packets(datagram: Uint8Array): ReturnType<UdptlReceiver['receive']> {
    try {
      return this.#receiver.receive(datagram);
    } catch (error) {
      if (isCallwrightError(error)) return [];
      throw error;
    }
  }

  #isLateAudio(length: number): boolean {
    if (this.#turns > LATE_AUDIO_TURNS || !reader.read(this.#parts.buffer, length)) return false;
    return reader.payloadType === this.#audioPayloadType;
  }
}
