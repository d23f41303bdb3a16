import {
  CAUSE_OF_HANG_UP,
  channelError,
  DIGITS,
  type ConferenceOptions,
  type DigitMethod,
  type FaxJob,
  type FaxRequest,
  type FaxTone,
  type HangUpCause,
  type Headers,
  type Leg,
  type LegQuality,
  type Overhearing,
  type PlayOptions,
  type PlayResult,
  type Prompt,
  type Recording,
  type RecordOptions,
  type RecordResult,
  type RingOptions,
} from '@callwright/channel-contract';
import { Ear } from './ear.js';
import { joinConference } from './conference.js';
import { LegFax } from './fax/leg-fax.js';
import { KeyPresses } from './key-presses.js';
import { LegHold } from './leg-hold.js';
import { LegLife } from './leg-life.js';
import type { EarlyListener, LegHost, LegSetup } from './leg-host.js';
import type { LegMedia } from './leg-media.js';
import { LegOccupancy, type Activity } from './leg-occupancy.js';
import type { LegCore } from './leg-operations.js';
import type { Line } from './line.js';
import type { MediaEvent } from './media/port.js';
import { play } from './play.js';
import { record, recordBothSides } from './record.js';
import { soundRingtone } from './ring.js';
import { sendDigits } from './send-digits.js';

/** One leg: a line (signalling) and its media. What it can do; each operation is a file of its own. */
export class EmbeddedLeg extends LegLife implements Leg, LegCore {
  readonly #occupancy: LegOccupancy;
  readonly #hold: LegHold;
  readonly #foreignDigits = new Set<() => void>();
  readonly #presses = new KeyPresses();
  readonly #faxes: LegFax;
  #ear: Ear | null = null;
  earlyListener: EarlyListener | null = null;
  #ringtone: { stop: () => void } | null = null;
  #answering: Promise<boolean> | null = null;

  constructor(host: LegHost, setup: LegSetup) {
    super(host, setup);
    this.#occupancy = new LegOccupancy(setup.name);
    this.#hold = new LegHold(this, {
      line: () => this.line,
      isAnswered: () => this.isAnswered,
      changed: () => this.#holdChanged(),
    });
    this.#faxes = new LegFax(this, { ...host.faxes, line: () => this.line });
  }

  onForeignDigit(listener: () => void): () => void {
    this.#foreignDigits.add(listener);
    return () => this.#foreignDigits.delete(listener);
  }

  // --- What a scenario sees (Leg) ---

  async ring(options: RingOptions, signal: AbortSignal): Promise<{ earlyMedia: boolean }> {
    this.requireLife();
    if (this.placedByUs || (this.state !== 'incoming' && this.state !== 'ringing'))
      throw channelError('call.wrong-state', { leg: this.name });
    // Refused before anything is sent: a ringtone that does not exist is the author's mistake.
    if (options.earlyMedia) await this.audio(options.ringtone, {});
    this.requireLife();
    if (this.state === 'incoming' || (this.state === 'ringing' && options.earlyMedia && !this.earlyMedia)) {
      if (!this.earlyMedia) this.carrier?.prefer(options.codecs);
      this.line?.ring(options.earlyMedia);
      this.earlyMedia = this.carrier?.agreed != null;
    }
    this.setState('ringing');
    this.#ringtone?.stop();
    await soundRingtone(
      this,
      options,
      signal,
      this.earlyMedia,
      (task) => this.whenOver(task),
      (ringtone) => (this.#ringtone = ringtone),
    );
    return { earlyMedia: this.earlyMedia };
  }

  async answer({ headers }: { headers: Headers }): Promise<void> {
    this.requireLife();
    if (this.isAnswered) return;
    if (this.placedByUs) {
      await new Promise<void>((resolve) => {
        const stop = this.whenOver(() => {
          stop();
          resolve();
        });
      });
    } else {
      this.#answering ??= this.line?.answer(headers) ?? Promise.resolve(false);
      const agreed = await this.#answering;
      if (agreed && !this.ended) this.becomeAnswered();
      else if (!this.ended) await this.end('failed', 'system');
    }
    this.requireLife();
  }

  async play(prompt: Prompt, options: PlayOptions, signal: AbortSignal): Promise<PlayResult> {
    await this.#audio();
    return this.#occupied('prompt', () => play(this, prompt, options, signal, () => this.#stopRingtone()));
  }

  async record(options: RecordOptions, signal: AbortSignal): Promise<RecordResult> {
    await this.#audio();
    const release = this.#occupancy.occupyRecorder();
    const recording = record(this, options, signal).finally(release);
    this.watch({ result: recording, expectEnd: () => undefined });
    return recording;
  }

  async startRecording({ name, stereo = false }: { name: string; stereo?: boolean }): Promise<Recording> {
    await this.#audio();
    return recordBothSides(this, { name, stereo }, this.#occupancy.occupyRecorder());
  }

  async sendDigits(digits: string, options: { durationMs: number; gapMs: number }, signal: AbortSignal): Promise<void> {
    await this.#audio();
    if ([...digits].some((digit) => !DIGITS.includes(digit))) throw channelError('call.bad-digits');
    await sendDigits(this, digits, options, signal);
    this.requireLife();
  }

  async joinConference(options: ConferenceOptions, signal: AbortSignal): Promise<'left' | 'ended'> {
    await this.#audio();
    return this.#occupied('conference', () => joinConference(this, options, signal, () => this.#stopRingtone()));
  }

  get fax(): FaxJob | null {
    return this.#faxes.job;
  }

  sendFax(request: FaxRequest): Promise<FaxJob> {
    return this.#startFax('send', request);
  }

  receiveFax(request: FaxRequest): Promise<FaxJob> {
    return this.#startFax('receive', request);
  }

  async detectFax(tones: readonly FaxTone[], signal: AbortSignal): Promise<FaxTone | null> {
    this.requireAudio();
    return this.#faxes.detect(tones, signal);
  }

  hold({ music = [] }: { readonly music?: Prompt } = {}): Promise<void> {
    return this.#hold.begin(() => this.audio(music, {}));
  }

  resume(): Promise<void> {
    return this.#hold.end();
  }

  async sendMessage(text: string): Promise<void> {
    this.requireLife();
    if (!this.isAnswered || !(await this.line?.message(text)))
      throw channelError('call.message-refused', { leg: this.name });
  }

  async hangUp(cause: HangUpCause): Promise<void> {
    await this.release(cause, CAUSE_OF_HANG_UP[cause]);
  }

  // --- What a supervisor sees and hears ---

  async quality(): Promise<LegQuality | null> {
    if (!this.carrier) return null;
    const { packetsSent, packetsReceived, packetsLost, jitterMs, roundTripMs } = await this.carrier.session.stats();
    return { packetsSent, packetsReceived, packetsLost, jitterMs, roundTripMs };
  }

  /** Throws `call.gone`, `call.not-answered`. */
  listen(listener: Overhearing): () => void {
    this.requireAudio();
    this.#ear ??= new Ear(this.media.session);
    return this.#ear.listen(listener);
  }

  // --- What its call and its line tell it ---

  /** Gives it its line and, when there is one already, its media. */
  connect(line: Line, media: LegMedia | null): void {
    this.line = line;
    if (media) this.attach(media);
  }

  attach(media: LegMedia): void {
    if (this.ended) return media.close();
    this.carrier = media;
    media.onEvent = (event) => this.#mediaEvent(event);
    media.onAgreed = () => this.#holdChanged();
    this.#faxes.listenToCarrier();
  }

  becomeAnswered(): void {
    if (this.ended || this.isAnswered) return;
    this.#stopRingtone();
    this.carrier?.session.answered();
    this.setState(this.carrier?.heldByFarEnd ? 'held' : 'answered');
    this.tell({ name: 'call.answered', leg: this.name });
    this.tellAnswered();
  }

  /** Before the answer of a far end that we call. */
  earlyMediaAgreed(): void {
    this.earlyListener?.agreed();
  }

  /** Hears another leg, without being heard by it; the returned function ends that. Null: it can hear nobody now. */
  listenTo(other: EmbeddedLeg): (() => void) | null {
    const busy = () => this.#occupancy.activity;
    if (!this.hasAudio || busy() === 'bridge' || busy() === 'conference') return null;
    this.media.session.listenTo(other.media.session);
    return () => {
      if (!this.ended && busy() !== 'bridge') this.media.session.unbridge();
    };
  }

  /** A key that did not come in the media. */
  foreignDigit(digit: string, method: DigitMethod, durationMs: number): void {
    this.#pressed(digit, method, durationMs);
    for (const listener of [...this.#foreignDigits]) listener();
  }

  messageCame(contentType: string, text: string): void {
    if (!this.ended) this.tell({ name: 'message.received', leg: this.name, contentType, text });
  }

  /** Takes the leg for a bridge; the returned function gives it back. */
  occupyForBridge(): () => void {
    this.requireLife();
    if (!this.isAnswered) throw channelError('call.not-answered', { leg: this.name });
    return this.#occupancy.occupy('bridge');
  }

  protected override ending(): void {
    this.#ear?.end();
  }

  #holdChanged(): void {
    if (this.isAnswered) this.setState(this.onHold ? 'held' : 'answered');
  }

  #mediaEvent(event: MediaEvent): void {
    if (event.type === 'fax-tone') this.#faxes.heard(event.tone);
    else if (event.type === 'digit') this.#pressed(event.digit, event.method, event.durationMs);
    else if (event.type === 'media-started') this.#sounds();
    else if (event.type === 'media-failed') void this.release('unavailable', 'failed');
    else if (event.type === 'media-silent' && event.ms >= this.host.mediaTimeoutMs && this.isAnswered && !this.onHold) {
      void this.release('normal', 'media-timeout');
    }
  }

  #sounds(): void {
    if (this.placedByUs && !this.isAnswered) this.earlyListener?.sounds();
  }

  #pressed(digit: string, method: DigitMethod, durationMs: number): void {
    // Tones of a network before the answer are nobody's keys.
    if (this.ended || (this.placedByUs && !this.isAnswered)) return;
    if (!this.#presses.isNew(digit, method, this.clock.now() - durationMs)) return;
    this.tell({ name: 'digit.received', leg: this.name, digit, method, durationMs });
    this.digits.push(digit);
  }

  async #occupied<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    const release = this.#occupancy.occupy(activity);
    const result = work().finally(release);
    this.watch({ result, expectEnd: () => undefined });
    return result;
  }

  async #startFax(direction: 'send' | 'receive', request: FaxRequest): Promise<FaxJob> {
    this.requireAudio();
    if (!this.isAnswered) throw channelError('call.not-answered', { leg: this.name });
    if (this.#faxes.running) throw channelError('fax.already-running', { leg: this.name });
    return this.#faxes.start(direction, request, this.#occupancy.occupy('fax'));
  }

  #stopRingtone(): void {
    this.#ringtone?.stop();
    this.#ringtone = null;
  }

  /** That there is audio now; after a fax over T.38 it is on its way back. */
  async #audio(): Promise<void> {
    this.requireAudio();
    if (!this.media.t38) return;
    await this.#faxes.audioBack();
    this.requireAudio();
  }
}
