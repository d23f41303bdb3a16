import {
  CAUSE_OF_HANG_UP,
  channelError,
  createDigitQueue,
  DIGITS,
  type CallCause,
  type ChannelEvent,
  type ConferenceOptions,
  type DigitInbox,
  type DigitMethod,
  type EndedBy,
  type FaxJob,
  type FaxRequest,
  type FaxTone,
  type HangUpCause,
  type Headers,
  type Leg,
  type LegName,
  type LegQuality,
  type LegState,
  type Overhearing,
  type PlayOptions,
  type PlayResult,
  type Prompt,
  type PromptAudio,
  type Recording,
  type RecordingStore,
  type RecordOptions,
  type RecordResult,
  type RingOptions,
} from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import { Ear } from './ear.js';
import { joinConference, type ConferenceRooms } from './conference.js';
import { LegFax, type LegFaxHost } from './fax/leg-fax.js';
import { KeyPresses } from './key-presses.js';
import type { LegMedia } from './leg-media.js';
import type { LegCore, UnderWay, Voice } from './leg-operations.js';
import type { Line } from './line.js';
import type { Logger } from './logger.js';
import type { MediaEvent } from './media/port.js';
import { play } from './play.js';
import { record, recordBothSides } from './record.js';
import { soundRingtone } from './ring.js';
import { sendDigits } from './send-digits.js';

/** What a leg needs of the call that it belongs to. */
export interface LegHost {
  readonly callId: string;
  readonly workspaceId: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly recordings: RecordingStore;
  readonly rooms: ConferenceRooms;
  readonly faxes: Omit<LegFaxHost, 'line'>;
  /** No media for so long ends the leg. */
  readonly mediaTimeoutMs: number;
  tell(event: ChannelEvent): void;
  audio(prompt: Prompt, voice: Voice): Promise<readonly PromptAudio[]>;
  legChanged(leg: EmbeddedLeg): void;
  /** At once, before anything is told. */
  legEnding(leg: EmbeddedLeg, cause: CallCause, by: EndedBy): void;
  /** Everything under way on it has settled and its end is told. */
  legEnded(leg: EmbeddedLeg): void;
}

export interface LegSetup {
  readonly name: LegName;
  readonly uri: string;
  readonly placedByUs: boolean;
}

/** Somebody who is interested in what a leg sounds like before its far end answers. */
export interface EarlyListener {
  /** From now on there may be something to hear. */
  agreed(): void;
  /** There is. */
  sounds(): void;
}

type Activity = 'prompt' | 'bridge' | 'conference' | 'fax';

/** How long the end of a leg waits for what is under way on it. */
const SETTLE_MS = 90;

/** One leg: a line (signalling) and its media. Guards its states; each operation is a file of its own. */
export class EmbeddedLeg implements Leg, LegCore {
  readonly name: LegName;
  readonly uri: string;
  readonly placedByUs: boolean;
  readonly digits: DigitInbox;
  readonly #host: LegHost;
  readonly #underWay = new Set<UnderWay<unknown>>();
  readonly #whenAnswered = new Set<() => void>();
  readonly #whenEnded = new Set<() => void>();
  readonly #foreignDigits = new Set<() => void>();
  readonly #presses = new KeyPresses();
  readonly #faxes: LegFax;
  #line: Line | null = null;
  #media: LegMedia | null = null;
  #state: LegState;
  #cause: CallCause | null = null;
  #endedBy: EndedBy = 'system';
  #earlyMedia = false;
  #activity: Activity | null = null;
  #recording = false;
  #ear: Ear | null = null;
  /** Of the hold that is, or was last. */
  #holdMusic: readonly PromptAudio[] = [];
  earlyListener: EarlyListener | null = null;
  #ringtone: { stop: () => void } | null = null;
  #answering: Promise<boolean> | null = null;
  #settled: Promise<void> | null = null;

  constructor(host: LegHost, setup: LegSetup) {
    this.#host = host;
    this.name = setup.name;
    this.uri = setup.uri;
    this.placedByUs = setup.placedByUs;
    this.#state = setup.placedByUs ? 'calling' : 'incoming';
    this.digits = createDigitQueue(host.clock);
    this.#faxes = new LegFax(this, { ...host.faxes, line: () => this.#line });
  }

  // --- What its operations see (LegCore) ---

  get callId(): string {
    return this.#host.callId;
  }
  get workspaceId(): string {
    return this.#host.workspaceId;
  }
  get clock(): Clock {
    return this.#host.clock;
  }
  get logger(): Logger {
    return this.#host.logger;
  }
  get recordings(): RecordingStore {
    return this.#host.recordings;
  }
  get rooms(): ConferenceRooms {
    return this.#host.rooms;
  }
  get ended(): boolean {
    return this.#state === 'ended';
  }
  get media(): LegMedia {
    if (!this.#media) throw channelError('call.not-answered', { leg: this.name });
    return this.#media;
  }

  tell(event: ChannelEvent): void {
    this.#host.tell(event);
  }

  audio(prompt: Prompt, voice: Voice): Promise<readonly PromptAudio[]> {
    return this.#host.audio(prompt, voice);
  }

  watch<T>(underWay: UnderWay<T>): void {
    this.#underWay.add(underWay);
    const done = () => this.#underWay.delete(underWay);
    underWay.result.then(done, done);
  }

  onForeignDigit(listener: () => void): () => void {
    this.#foreignDigits.add(listener);
    return () => this.#foreignDigits.delete(listener);
  }

  // --- What a scenario sees (Leg) ---

  get state(): LegState {
    return this.#state;
  }

  get cause(): CallCause | null {
    return this.#cause;
  }

  get endedBy(): EndedBy {
    return this.#endedBy;
  }

  get codec(): string | null {
    return this.hasAudio ? (this.#media?.agreed?.codec ?? null) : null;
  }

  get onHold(): boolean {
    return this.isAnswered && (this.#media?.heldByUs === true || this.#media?.heldByFarEnd === true);
  }

  get hasAudio(): boolean {
    return this.isAnswered || (this.#state === 'ringing' && this.#earlyMedia);
  }

  get isAnswered(): boolean {
    return this.#state === 'answered' || this.#state === 'held';
  }

  async ring(options: RingOptions, signal: AbortSignal): Promise<{ earlyMedia: boolean }> {
    this.#requireLife();
    if (this.placedByUs || (this.#state !== 'incoming' && this.#state !== 'ringing'))
      throw channelError('call.wrong-state', { leg: this.name });
    // Refused before anything is sent: a ringtone that does not exist is the author's mistake.
    if (options.earlyMedia) await this.audio(options.ringtone, {});
    this.#requireLife();
    if (this.#state === 'incoming' || (this.#state === 'ringing' && options.earlyMedia && !this.#earlyMedia)) {
      if (!this.#earlyMedia) this.#media?.prefer(options.codecs);
      this.#line?.ring(options.earlyMedia);
      this.#earlyMedia = this.#media?.agreed != null;
    }
    this.setState('ringing');
    this.#ringtone?.stop();
    await soundRingtone(
      this,
      options,
      signal,
      this.#earlyMedia,
      (task) => this.#whenOver(task),
      (ringtone) => (this.#ringtone = ringtone),
    );
    return { earlyMedia: this.#earlyMedia };
  }

  async answer({ headers }: { headers: Headers }): Promise<void> {
    this.#requireLife();
    if (this.isAnswered) return;
    if (this.placedByUs) {
      await new Promise<void>((resolve) => {
        const stop = this.#whenOver(() => {
          stop();
          resolve();
        });
      });
    } else {
      this.#answering ??= this.#line?.answer(headers) ?? Promise.resolve(false);
      const agreed = await this.#answering;
      if (agreed && !this.ended) this.becomeAnswered();
      else if (!this.ended) await this.end('failed', 'system');
    }
    this.#requireLife();
  }

  async play(prompt: Prompt, options: PlayOptions, signal: AbortSignal): Promise<PlayResult> {
    await this.#audio();
    return this.#occupied('prompt', () => play(this, prompt, options, signal, () => this.#stopRingtone()));
  }

  async record(options: RecordOptions, signal: AbortSignal): Promise<RecordResult> {
    await this.#audio();
    this.#claimRecorder();
    const recording = record(this, options, signal).finally(() => (this.#recording = false));
    this.watch({ result: recording, expectEnd: () => undefined });
    return recording;
  }

  async startRecording({ name, stereo = false }: { name: string; stereo?: boolean }): Promise<Recording> {
    await this.#audio();
    this.#claimRecorder();
    return recordBothSides(this, { name, stereo }, () => (this.#recording = false));
  }

  async sendDigits(digits: string, options: { durationMs: number; gapMs: number }, signal: AbortSignal): Promise<void> {
    await this.#audio();
    if ([...digits].some((digit) => !DIGITS.includes(digit))) throw channelError('call.bad-digits');
    await sendDigits(this, digits, options, signal);
    this.#requireLife();
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
    this.#requireAudio();
    return this.#faxes.detect(tones, signal);
  }

  async hold({ music = [] }: { readonly music?: Prompt } = {}): Promise<void> {
    this.#requireLife();
    if (!this.isAnswered) throw channelError('call.not-answered', { leg: this.name });
    if (this.media.heldByUs) return;
    await this.#setHeld(true, await this.audio(music, {}));
  }

  async resume(): Promise<void> {
    this.#requireLife();
    if (this.isAnswered) await this.#setHeld(false, this.#holdMusic);
  }

  async sendMessage(text: string): Promise<void> {
    this.#requireLife();
    if (!this.isAnswered || !(await this.#line?.message(text)))
      throw channelError('call.message-refused', { leg: this.name });
  }

  async hangUp(cause: HangUpCause): Promise<void> {
    await this.release(cause, CAUSE_OF_HANG_UP[cause]);
  }

  // --- What a supervisor sees and hears ---

  async quality(): Promise<LegQuality | null> {
    if (!this.#media) return null;
    const { packetsSent, packetsReceived, packetsLost, jitterMs, roundTripMs } = await this.#media.session.stats();
    return { packetsSent, packetsReceived, packetsLost, jitterMs, roundTripMs };
  }

  /** Throws `call.gone`, `call.not-answered`. */
  listen(listener: Overhearing): () => void {
    this.#requireAudio();
    this.#ear ??= new Ear(this.media.session);
    return this.#ear.listen(listener);
  }

  // --- What its call and its line tell it ---

  /** Gives it its line and, when there is one already, its media. */
  connect(line: Line, media: LegMedia | null): void {
    this.#line = line;
    if (media) this.attach(media);
  }

  attach(media: LegMedia): void {
    if (this.ended) return media.close();
    this.#media = media;
    media.onEvent = (event) => this.#mediaEvent(event);
    media.onAgreed = () => this.#holdChanged();
    this.#faxes.listenToCarrier();
  }

  setState(to: LegState): void {
    const from = this.#state;
    if (from === to || from === 'ended') return;
    this.#state = to;
    this.tell({ name: 'leg.state-changed', leg: this.name, from, to });
    this.#host.legChanged(this);
  }

  becomeAnswered(): void {
    if (this.ended || this.isAnswered) return;
    this.#stopRingtone();
    this.#media?.session.answered();
    this.setState(this.#media?.heldByFarEnd ? 'held' : 'answered');
    this.tell({ name: 'call.answered', leg: this.name });
    for (const task of [...this.#whenAnswered]) task();
  }

  /** Before the answer of a far end that we call. */
  earlyMediaAgreed(): void {
    this.earlyListener?.agreed();
  }

  /** Hears another leg, without being heard by it; the returned function ends that. Null: it can hear nobody now. */
  listenTo(other: EmbeddedLeg): (() => void) | null {
    if (!this.hasAudio || this.#activity === 'bridge' || this.#activity === 'conference') return null;
    this.media.session.listenTo(other.media.session);
    return () => {
      if (!this.ended && this.#activity !== 'bridge') this.media.session.unbridge();
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

  onAnswered(task: () => void): () => void {
    this.#whenAnswered.add(task);
    return () => this.#whenAnswered.delete(task);
  }

  /** Told at once when the leg ends, before its end is told to the world. */
  onEnded(task: () => void): () => void {
    this.#whenEnded.add(task);
    return () => this.#whenEnded.delete(task);
  }

  /** Takes the leg for a bridge; the returned function gives it back. */
  occupyForBridge(): () => void {
    this.#requireLife();
    if (!this.isAnswered) throw channelError('call.not-answered', { leg: this.name });
    this.#requireFree();
    this.#activity = 'bridge';
    return () => (this.#activity = null);
  }

  /** Ends it; what is under way settles first (at most 90 ms), then its end is told. The line was released by who calls this. */
  end(cause: CallCause, by: EndedBy): Promise<void> {
    this.#settled ??= this.#end(cause, by);
    return this.#settled;
  }

  /** Ends it from our side: releases the line as well. */
  release(hangUp: HangUpCause, cause: CallCause): Promise<void> {
    if (this.ended) return this.end(cause, 'system');
    // The cause is ours to say: the line only hears that it is over.
    const ended = this.end(cause, 'system');
    this.#line?.release(hangUp);
    return ended;
  }

  async #end(cause: CallCause, by: EndedBy): Promise<void> {
    const from = this.#state;
    this.#state = 'ended';
    this.#cause = cause;
    this.#endedBy = by;
    for (const task of [...this.#whenEnded]) task();
    this.#host.legEnding(this, cause, by);
    for (const underWay of [...this.#underWay]) underWay.expectEnd();
    this.#ear?.end();
    this.#media?.close();
    this.digits.close();
    await this.#settle();
    this.tell({ name: 'leg.state-changed', leg: this.name, from, to: 'ended' });
    this.tell({ name: 'leg.ended', leg: this.name, cause });
    this.#host.legEnded(this);
  }

  async #settle(): Promise<void> {
    if (this.#underWay.size === 0) return;
    const results = [...this.#underWay].map(({ result }) => result);
    const most = Math.max(...[...this.#underWay].map(({ settleMs = SETTLE_MS }) => settleMs));
    let stop = () => undefined as void;
    const patience = new Promise<void>((resolve) => (stop = this.clock.at(this.clock.now() + most, resolve)));
    await Promise.race([Promise.allSettled(results), patience]);
    stop();
    // Who waits for those results tells their end before the leg's is told.
    await Promise.resolve();
  }

  async #setHeld(held: boolean, music: readonly PromptAudio[]): Promise<void> {
    this.#requireLife();
    if (this.media.heldByUs === held) return;
    this.#holdMusic = music;
    this.media.holdByUs(held, music);
    const agreed = await this.#line?.reoffer();
    this.#requireLife();
    if (!agreed) {
      // What was refused did not happen: the session is what it was before (RFC 3261 section 14.1).
      this.media.holdByUs(!held, music);
      throw channelError('call.hold-refused', { leg: this.name });
    }
    this.#holdChanged();
  }

  #holdChanged(): void {
    if (this.isAnswered) this.setState(this.onHold ? 'held' : 'answered');
  }

  #mediaEvent(event: MediaEvent): void {
    if (event.type === 'fax-tone') this.#faxes.heard(event.tone);
    else if (event.type === 'digit') this.#pressed(event.digit, event.method, event.durationMs);
    else if (event.type === 'media-started') this.#sounds();
    else if (event.type === 'media-failed') void this.release('unavailable', 'failed');
    else if (
      event.type === 'media-silent' &&
      event.ms >= this.#host.mediaTimeoutMs &&
      this.isAnswered &&
      !this.onHold
    ) {
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
    this.#requireFree();
    this.#activity = activity;
    const result = work().finally(() => (this.#activity = null));
    this.watch({ result, expectEnd: () => undefined });
    return result;
  }

  async #startFax(direction: 'send' | 'receive', request: FaxRequest): Promise<FaxJob> {
    this.#requireAudio();
    if (!this.isAnswered) throw channelError('call.not-answered', { leg: this.name });
    if (this.#faxes.running) throw channelError('fax.already-running', { leg: this.name });
    this.#requireFree();
    this.#activity = 'fax';
    return this.#faxes.start(direction, request, () => (this.#activity = null));
  }

  #claimRecorder(): void {
    if (this.#activity === 'fax') this.#requireFree();
    if (this.#recording) throw channelError('call.already-recording', { leg: this.name });
    this.#recording = true;
  }

  #stopRingtone(): void {
    this.#ringtone?.stop();
    this.#ringtone = null;
  }

  #whenOver(task: () => void): () => void {
    const stops = [this.onAnswered(task), this.onEnded(task)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #requireLife(): void {
    if (this.ended) throw channelError('call.gone', { leg: this.name });
  }

  #requireAudio(): void {
    this.#requireLife();
    if (!this.hasAudio || !this.#media) throw channelError('call.not-answered', { leg: this.name });
  }

  /** That there is audio now; after a fax over T.38 it is on its way back. */
  async #audio(): Promise<void> {
    this.#requireAudio();
    if (!this.media.t38) return;
    await this.#faxes.audioBack();
    this.#requireAudio();
  }

  #requireFree(): void {
    if (this.#activity) throw channelError('call.busy-playing', { leg: this.name, activity: this.#activity });
  }
}
