import {
  decodeTable,
  encodeTable,
  FaxToneDetector,
  FRAME_SAMPLES,
  JitterBuffer,
  mixInto,
  Reception,
  RtpReader,
  type FrameKind,
} from '@callwright/media';
import type { MediaEvent, MediaParameters, MediaStats, RecordRequest } from '../port.js';
import type { MediaTransport, SocketPair } from '../transport/transport.js';
import { DigitInput, type HeardMethod } from './digit-input.js';
import { DigitOutput, type DigitsToSend } from './digit-output.js';
import { FarEnd, type FarEndSurroundings } from './far-end.js';
import type { FrameLane } from './frame-lane.js';
import type { MakeInBandDetector } from './in-band.js';
import { Player } from './player.js';
import type { SharedPrompt } from './prompt.js';
import type { Loan } from './protocol.js';
import { Recordings } from './recordings.js';
import { RtcpReports } from './rtcp-reports.js';
import { RtpOutput, type StreamPosition } from './rtp-output.js';
import { SilenceWatch } from './silence-watch.js';
import { unixNow } from './time.js';

/** Datagrams read in one turn: a flood must not hold up the other legs, and must not keep the good ones waiting either. */
const MAX_READ = 256;
/** Every so many turns it is made sure that nothing waits behind the packet that was read. */
const DRAIN_EVERY = 4;
/** A recording is filled up with silence when the machine slept, but not with hours of it. */
const MAX_SILENT_TURNS = 3000;
/** A key of one side of a bridge is pressed again for the other side for so long after. */
const RELAY_GAP_MS = 60;
/** What every far end may send whatever was agreed, and some do (RFC 3551 table 4). */
const STATIC_CODECS: Readonly<Record<number, Int16Array>> = { 0: decodeTable('PCMU'), 8: decodeTable('PCMA') };
/** Comfort noise (RFC 3389; 19 is its number of before): silence, and a sign of life. */
const COMFORT_NOISE: readonly number[] = [13, 19];

export interface SessionSurroundings extends FarEndSurroundings {
  readonly transport: MediaTransport;
  readonly makeInBand: MakeInBandDetector;
  readonly mediaTimeoutMs: number;
  /** Tells main. */
  readonly tell: (event: MediaEvent) => void;
}

interface Playing {
  readonly id: number;
  readonly player: Player;
  readonly bargeIn: boolean;
  started: boolean;
}

interface Seat {
  readonly up: FrameLane;
  readonly down: FrameLane;
  talk: boolean;
  readonly listen: boolean;
}

const reader = new RtpReader();
/** One worker does one thing at a time: these are scratch. */
const mixed = new Int16Array(FRAME_SAMPLES);
const source = new Int16Array(FRAME_SAMPLES);
const codes = new Uint8Array(FRAME_SAMPLES);

/** The media of one leg. A turn of 20 ms: read what came, hear it, say what is to be said. */
export class Session {
  /** What the far end said in the last turn; the other side of a bridge reads it. */
  readonly heard = new Int16Array(FRAME_SAMPLES);
  heardKind: FrameKind = 'silence';
  readonly #surroundings: SessionSurroundings;
  readonly #farEnd: FarEnd;
  readonly #output = new RtpOutput();
  readonly #reception = new Reception();
  readonly #jitter = new JitterBuffer();
  #digitInput: DigitInput;
  readonly #digitOutput: DigitOutput;
  readonly #reports: RtcpReports;
  readonly #silence: SilenceWatch;
  readonly #recordings: Recordings;
  #parameters: MediaParameters | null = null;
  #listening = false;
  #mediaStarted = false;
  #turn = 0;
  #nothingCame = false;
  #playing: Playing | null = null;
  #holdMusic: Player | null = null;
  #hears: Session | null = null;
  #heardBy: Session | null = null;
  #seat: Seat | null = null;
  #decode = decodeTable('PCMU');
  /** Another thread uses the socket. */
  #lent = false;
  #faxTones: FaxToneDetector | null = null;

  constructor(sockets: SocketPair, surroundings: SessionSurroundings) {
    this.#surroundings = surroundings;
    this.#farEnd = new FarEnd(sockets, surroundings);
    this.#farEnd.onReport = (bytes) => this.#hearReport(bytes);
    const { tell } = surroundings;
    this.#digitInput = this.#newDigitInput();
    this.#digitOutput = new DigitOutput((id) => tell({ type: 'digits-sent', id }));
    this.#reports = new RtcpReports(this.#output, this.#reception);
    this.#silence = new SilenceWatch(surroundings.mediaTimeoutMs, (ms) => tell({ type: 'media-silent', ms }));
    this.#recordings = new Recordings(
      (id, outcome) => tell({ type: 'record-ended', id, ...outcome }),
      (stereo) => tell({ type: 'overheard', stereo }),
    );
  }

  configure(parameters: MediaParameters, now: number): void {
    this.#parameters = parameters;
    if (this.#lent) return;
    this.#output.configure(parameters.codec, parameters.payloadType, parameters.ptimeMs);
    this.#decode = decodeTable(parameters.codec);
    if (this.#farEnd.configure(parameters)) {
      // Somebody else, perhaps, who sends keys in another way.
      this.#digitInput.close();
      this.#digitInput = this.#newDigitInput();
    }
    this.#silence.expect(parameters.direction === 'sendrecv' || parameters.direction === 'recvonly', now);
  }

  /** The call is answered: silence counts from here. */
  answered(now: number): void {
    this.#silence.restart(now);
  }

  /** `now` is Unix ms, counted by a clock that never jumps. */
  tick(now: number): void {
    if (this.#lent) return;
    this.#turn++;
    this.#read(now);
    this.#digitInput.tick(now);
    this.#hear();
    this.#say();
    this.#silence.tick(now);
    const report = this.#reports.due(now);
    if (report) this.#farEnd.sendReport(report);
  }

  /** The worker was held up for so many turns that it does not make up for: time goes on without sound. */
  skip(turns: number): void {
    this.#output.skipFrames(turns);
    if (!this.#recordings.any) return;
    for (let n = Math.min(turns, MAX_SILENT_TURNS); n > 0; n--) this.#recordings.hear(mixed.fill(0), null);
  }

  play(request: { id: number; parts: readonly SharedPrompt[]; loop: number; bargeIn: boolean }): void {
    this.#endPlay('stopped');
    const player = new Player(request.parts, request.loop);
    this.#playing = { id: request.id, player, bargeIn: request.bargeIn, started: false };
  }

  hold(parts: readonly SharedPrompt[] | null): void {
    this.#holdMusic = parts && new Player(parts, 0);
  }

  stopPlay(id: number): void {
    if (this.#playing?.id === id) this.#endPlay('stopped');
  }

  record(request: RecordRequest): void {
    this.#recordings.start(request, this.#output.codec);
  }

  stopRecord(id: number): void {
    this.#recordings.stop(id);
  }

  overhear(on: boolean): void {
    this.#recordings.overhear(on);
  }

  sendDigits(request: DigitsToSend): void {
    this.#digitOutput.send(request);
  }

  cancelDigits(id: number): void {
    this.#digitOutput.cancel(id);
  }

  bridge(other: Session): void {
    this.unbridge();
    other.unbridge();
    this.listenTo(other);
    other.listenTo(this);
  }

  listenTo(other: Session): void {
    if (this.#hears) this.#hears.#heardBy = null;
    if (other.#heardBy) other.#heardBy.#hears = null;
    this.#hears = other;
    other.#heardBy = this;
  }

  unbridge(): void {
    if (this.#hears) this.#hears.#heardBy = null;
    if (this.#heardBy) this.#heardBy.#hears = null;
    this.#hears = null;
    this.#heardBy = null;
  }

  join(up: FrameLane, down: FrameLane, talk: boolean, listen: boolean): void {
    this.#seat = { up, down, talk, listen };
  }

  setTalk(talk: boolean): void {
    if (this.#seat) this.#seat.talk = talk;
  }

  leave(): void {
    this.#seat = null;
  }

  /** Null when its socket cannot be used elsewhere. Until `takeBack` nothing of this session touches it. */
  lend(): Loan | null {
    const { descriptor } = this.#farEnd;
    if (descriptor === null || this.#lent) return null;
    this.#lent = true;
    this.heardKind = 'silence';
    return { descriptor, position: this.#output.position, parameters: this.#parameters };
  }

  /** `position` null: whoever had it cannot say how far it came. */
  takeBack(position: StreamPosition | null, now: number): void {
    if (!this.#lent) return;
    this.#lent = false;
    if (position) this.#output.resume(position);
    this.#jitter.reset();
    this.#farEnd.forget();
    if (this.#parameters) this.configure(this.#parameters, now);
  }

  /** Tells of fax machines among what the far end sounds like. */
  listenForFax(on: boolean): void {
    this.#faxTones = on ? new FaxToneDetector() : null;
  }

  stats(): MediaStats {
    return {
      packetsSent: this.#output.packets,
      packetsReceived: this.#reception.packets,
      packetsLost: this.#reception.lost,
      jitterMs: this.#reception.jitter / 8,
      roundTripMs: this.#reports.roundTripMs,
      lockedTo: this.#farEnd.lockedTo,
    };
  }

  /** Everything under way tells its end, at the latest when the promise is kept: then recordings are on disk. */
  async close(now: number): Promise<void> {
    this.unbridge();
    this.leave();
    this.#endPlay('stopped');
    this.#digitOutput.cancel(null);
    this.#farEnd.sendReport(this.#reports.goodbye(now));
    this.#farEnd.close();
    this.#digitInput.close();
    await this.#recordings.close();
  }

  // --- what comes in ---

  #read(now: number): void {
    const farEnd = this.#farEnd;
    // A steady stream has one packet a turn: asking whether there is a second would cost as much as reading the first.
    const drain = this.#nothingCame || !farEnd.settled || this.#turn % DRAIN_EVERY === 0;
    let read = 0;
    for (;;) {
      const length = farEnd.receive();
      if (length === 0) break;
      read++;
      this.#take(length, now);
      if ((!drain && read === 1) || read === MAX_READ) break;
    }
    this.#nothingCame = read === 0;
  }

  #take(length: number, now: number): void {
    const parameters = this.#parameters;
    const { buffer } = this.#surroundings.transport;
    if (!parameters || !reader.read(buffer, length)) return;
    const { payloadType, ssrc, sequence, timestamp } = reader;
    const isEvent = payloadType === parameters.telephoneEvent;
    const decode = isEvent ? null : this.#decoderOf(payloadType, parameters);
    if (!isEvent && !decode && !COMFORT_NOISE.includes(payloadType)) return;
    if (!this.#farEnd.isFrom(ssrc, sequence, now, !isEvent)) return;
    if (parameters.direction === 'sendonly' || parameters.direction === 'inactive') return;
    if (!isEvent || ssrc === this.#reception.ssrc || !this.#mediaStarted) {
      const verdict = this.#reception.accept(ssrc, sequence, timestamp, Math.round(now * 8));
      // Whether an event packet is old news is seen from its event: a recording of keys that is played again has its numbers again.
      if (verdict === 'refused' || (verdict === 'duplicate' && !isEvent)) return;
      if (verdict === 'accepted-anew') this.#jitter.reset();
    }
    this.#silence.heard(now);
    if (!this.#mediaStarted) {
      this.#mediaStarted = true;
      this.#surroundings.tell({ type: 'media-started' });
    }
    if (isEvent) this.#digitInput.receive(buffer, reader.payloadStart, reader.payloadEnd, timestamp, now, ssrc);
    else if (decode && this.#listening)
      this.#jitter.insert(timestamp, buffer, reader.payloadStart, reader.payloadEnd, decode);
  }

  #decoderOf(payloadType: number, parameters: MediaParameters): Int16Array | null {
    return payloadType === parameters.payloadType ? this.#decode : (STATIC_CODECS[payloadType] ?? null);
  }

  #hear(): void {
    const wanted =
      this.#digitInput.wantsAudio ||
      this.#faxTones !== null ||
      this.#heardBy !== null ||
      this.#seat !== null ||
      this.#recordings.any;
    if (wanted !== this.#listening) {
      this.#listening = wanted;
      this.#jitter.reset();
      this.heardKind = 'silence';
    }
    if (!wanted) return;
    this.heardKind = this.#jitter.take(this.heard);
    this.#digitInput.hear(this.heard);
    const tone = this.heardKind === 'silence' ? null : this.#faxTones?.hear(this.heard);
    if (tone) this.#surroundings.tell({ type: 'fax-tone', tone });
    if (this.#seat?.talk && this.heardKind !== 'silence') this.#seat.up.push(this.heard);
  }

  #newDigitInput(): DigitInput {
    return new DigitInput(
      { began: (digit) => this.#keyDown(digit), ended: (digit, ms, method) => this.#keyUp(digit, ms, method) },
      this.#surroundings.makeInBand,
    );
  }

  #keyDown(digit: string): void {
    if (this.#playing?.bargeIn) this.#endPlay('barge-in');
    this.#recordings.keyDown(digit);
  }

  #keyUp(digit: string, durationMs: number, method: HeardMethod): void {
    this.#surroundings.tell({ type: 'digit', digit, method, durationMs });
    // A tone is in the audio that the other side gets anyway.
    if (method === 'rfc4733') this.#heardBy?.sendDigits({ id: null, digits: digit, durationMs, gapMs: RELAY_GAP_MS });
  }

  // --- what goes out ---

  #say(): void {
    const parameters = this.#parameters;
    const maySend = parameters !== null && (parameters.direction === 'sendrecv' || parameters.direction === 'sendonly');
    if (!maySend) {
      this.#output.skipFrames(1);
      this.#turnWithoutSending();
      return;
    }
    if (this.#holdMusic) {
      this.#turnWithoutSending();
      this.#holdMusic.fill(this.#output.packet, this.#output.payloadAt, this.#output.codec);
      return this.#sendFrame();
    }
    const step = this.#digitOutput.step(parameters.telephoneEvent !== null);
    if (step.type === 'event') {
      const packet = this.#output.eventPacket(parameters.telephoneEvent!, step.first, step.packet);
      this.#farEnd.send(packet, packet.length);
      if (this.#recordings.any) this.#recordings.hear(this.heard, null);
      return;
    }
    this.#sayFrame();
    if (this.#recordings.any) this.#record();
    this.#sendFrame();
  }

  #sendFrame(): void {
    for (let length = this.#output.endFrame(); length > 0; length = this.#output.nextPacket())
      this.#farEnd.send(this.#output.packet, length);
  }

  /** Fills the frame at the output's `payloadAt`. A prompt alone is copied as it is; what sounds together is mixed. */
  #sayFrame(): void {
    const output = this.#output;
    const live = this.#mixLive();
    const encoded = this.#nextEncoded();
    if (encoded) encoded.fill(output.packet, output.payloadAt, output.codec);
    else if (!live) output.silence();
    if (!live) return;
    if (encoded) {
      for (let n = 0; n < FRAME_SAMPLES; n++) source[n] = this.#decode[output.packet[output.payloadAt + n]!]!;
      mixInto(mixed, source);
    }
    const table = encodeTable(output.codec);
    const { packet, payloadAt } = output;
    for (let n = 0; n < FRAME_SAMPLES; n++) packet[payloadAt + n] = table[mixed[n]! & 0xffff]!;
  }

  /** Everything that is not a prompt, into `mixed`; false when there is nothing. */
  #mixLive(): boolean {
    let something = this.#digitOutput.tone(mixed);
    if (this.#hears && this.#hears.heardKind !== 'silence') {
      if (something) mixInto(mixed, this.#hears.heard);
      else mixed.set(this.#hears.heard);
      something = true;
    }
    if (this.#seat?.listen && this.#seat.down.take(source)) {
      if (something) mixInto(mixed, source);
      else mixed.set(source);
      something = true;
    }
    return something;
  }

  #nextEncoded(): Player | null {
    const playing = this.#playing;
    const beep = this.#recordings.any ? this.#recordings.beep : null;
    if (beep) return beep;
    if (!playing) return null;
    if (!playing.started) {
      playing.started = true;
      this.#surroundings.tell({ type: 'play-started', id: playing.id });
    }
    if (playing.player.ended) {
      this.#endPlay('end');
      return null;
    }
    return playing.player;
  }

  /** On hold prompts and keys go on as if they were heard: a scenario does not wait for a far end that does not listen. */
  #turnWithoutSending(): void {
    if (this.#parameters) {
      this.#nextEncoded()?.fill(codes, 0, this.#output.codec);
      this.#digitOutput.step(this.#parameters.telephoneEvent !== null);
      this.#digitOutput.tone(source);
    }
    if (this.#recordings.any) this.#recordings.hear(this.heard, null);
  }

  #endPlay(reason: 'end' | 'barge-in' | 'stopped'): void {
    const playing = this.#playing;
    if (!playing) return;
    this.#playing = null;
    this.#surroundings.tell({ type: 'play-ended', id: playing.id, reason, playedMs: playing.player.playedMs });
  }

  /** Of both directions: what was said is what the packet holds. */
  #record(): void {
    const { packet, payloadAt } = this.#output;
    for (let n = 0; n < FRAME_SAMPLES; n++) source[n] = this.#decode[packet[payloadAt + n]!]!;
    this.#recordings.hear(this.heard, source);
  }

  #hearReport(bytes: Uint8Array): void {
    try {
      this.#reports.receive(bytes, unixNow());
    } catch {
      // Broken reports are the far end's business; media goes on without them.
    }
  }
}
