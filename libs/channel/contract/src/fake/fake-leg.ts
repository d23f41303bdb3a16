import type {
  BridgeResult,
  ConferenceOptions,
  Leg,
  PlayOptions,
  PlayResult,
  Recording,
  RecordOptions,
  RecordResult,
  RingOptions,
} from '../channel.js';
import { createDigitQueue, type DigitInbox } from '../digit-queue.js';
import { channelError } from '../errors.js';
import {
  CAUSE_OF_HANG_UP,
  DIGITS,
  type CallCause,
  type DigitMethod,
  type EndedBy,
  type HangUpCause,
  type Headers,
  type LegName,
  type LegState,
  type Prompt,
} from '../words.js';
import type { FaxDirection } from '@callwright/fax';
import type { FaxJob, FaxRequest, FaxTone } from '../fax/fax.js';
import { FaxRecord, optionFault } from '../fax/fax-job.js';
import { FakeFarEnd, type FarEndLeg } from './fake-far-end.js';
import { startFax } from './operations/fax.js';
import { joinRoom, type Seat } from './operations/join-room.js';
import type { Activity, CallInside, LegInside } from './operations/leg-inside.js';
import { Operation, type Running } from './operations/operation.js';
import { playPrompt } from './operations/play-prompt.js';
import { recordBothSides, recordFarEnd } from './operations/record.js';
import { sendDigits } from './operations/send-digits.js';
import { lengthOf, startPlayer, type Player } from './player.js';
import { withAnEnd, type Sound } from './sound.js';

/** What a leg needs of the call that it belongs to. */
export interface LegHost extends CallInside {
  legChanged(leg: FakeLeg): void;
  legEnded(leg: FakeLeg, cause: CallCause, by: EndedBy): void;
}

export interface LegSetup {
  readonly name: LegName;
  readonly uri: string;
  readonly state: 'incoming' | 'calling';
  /** Whether ringing can have sound. */
  readonly earlyMedia: boolean;
}

/** A leg without a network: its far end is a `FakeFarEnd` on the same clock. */
export class FakeLeg implements Leg, FarEndLeg {
  readonly name: LegName;
  readonly uri: string;
  readonly digits: DigitInbox;
  readonly farEnd: FakeFarEnd;
  readonly #host: LegHost;
  readonly #inside: LegInside;
  readonly #placedByUs: boolean;
  readonly #canEarlyMedia: boolean;
  readonly #endings = new Set<() => void>();
  readonly #answerings = new Set<() => void>();
  readonly #voiceListeners = new Set<() => void>();
  readonly #keyListeners = new Set<() => void>();
  readonly #faxToneListeners = new Set<(tone: FaxTone) => void>();
  #state: LegState;
  #endedBy: EndedBy = 'system';
  #earlyMedia = false;
  #heldByUs = false;
  #heldByFarEnd = false;
  #activity: Activity | null = null;
  #recorded = false;
  #fax: FaxRecord | null = null;
  #ringtone: Player | null = null;
  #holdMusic: Player | null = null;
  /** What we send on our own: a prompt, a ringtone, a beep, a digit. */
  readonly #sending = new Map<string, Sound>();
  #peer: FakeLeg | null = null;
  /** The far end that it hears before that one answers. */
  #early: FakeLeg | null = null;
  readonly #earlyListeners = new Set<() => void>();
  #seat: Seat | null = null;

  constructor(host: LegHost, setup: LegSetup) {
    this.#host = host;
    this.name = setup.name;
    this.uri = setup.uri;
    this.#state = setup.state;
    this.#placedByUs = setup.state === 'calling';
    this.#canEarlyMedia = setup.earlyMedia;
    this.digits = createDigitQueue(host.clock);
    this.farEnd = new FakeFarEnd(host.clock, this);
    this.#inside = this.#insideOut();
  }

  get state(): LegState {
    return this.#state;
  }

  get onHold(): boolean {
    return this.#heldByUs || this.#heldByFarEnd;
  }

  get hasAudio(): boolean {
    return this.#state === 'answered' || this.#state === 'held' || (this.#state === 'ringing' && this.#earlyMedia);
  }

  get codec(): string | null {
    return this.hasAudio ? 'PCMU' : null;
  }

  async ring(options: RingOptions, signal: AbortSignal): Promise<{ earlyMedia: boolean }> {
    this.#requireLife();
    if (this.#placedByUs || (this.#state !== 'incoming' && this.#state !== 'ringing'))
      throw channelError('call.wrong-state');
    const pieces = this.#host.pieces(options.ringtone);
    this.#earlyMedia ||= options.earlyMedia && this.#canEarlyMedia;
    this.#setState('ringing');
    this.#ringtone?.stop();
    const sounds = this.#earlyMedia && lengthOf(pieces) > 0;
    const operation = new Operation<{ earlyMedia: boolean }>();
    const finish = () => operation.finish(() => ({ earlyMedia: this.#earlyMedia }));
    if (sounds) {
      this.#ringtone = startPlayer({
        clock: this.#host.clock,
        pieces,
        loop: options.repeat ? 0 : 1,
        onSound: this.#inside.sender('ringtone'),
        onEnd: () => {
          if (options.durationMs === null) finish();
        },
      });
    }
    if (options.durationMs === 0 || (options.durationMs === null && !sounds)) finish();
    else {
      const stopRingtone = () => this.#ringtone?.stop();
      operation.cleanup(stopRingtone);
      if (options.durationMs !== null) {
        operation.cleanup(this.#host.clock.at(this.#host.clock.now() + options.durationMs, finish));
      }
    }
    this.#inside.whenEnded(operation, finish);
    operation.cleanup(this.onAnswered(finish));
    operation.onAbort(signal, finish);
    return operation.result;
  }

  async answer({ headers }: { headers: Headers }): Promise<void> {
    this.#requireLife();
    if (this.#state === 'answered' || this.#state === 'held') return;
    if (!this.#placedByUs) {
      this.farEnd.answerHeaders = headers;
      this.#becomeAnswered();
      return;
    }
    const operation = new Operation<void>();
    const finish = () => operation.finish(() => undefined);
    operation.cleanup(this.onAnswered(finish));
    this.#inside.whenEnded(operation, finish);
    await operation.result;
    this.#requireLife();
  }

  async play(prompt: Prompt, options: PlayOptions, signal: AbortSignal): Promise<PlayResult> {
    this.#requireAudio();
    this.#requireFree();
    const given = this.#host.pieces(prompt);
    const pieces = options.loop > 0 ? withAnEnd(given) : given;
    if (signal.aborted) return { reason: 'stopped', playedMs: 0 };
    if (options.bargeIn && this.digits.length > 0) return { reason: 'barge-in', playedMs: 0 };
    if (lengthOf(pieces) === 0) return { reason: 'end', playedMs: 0 };

    this.#ringtone?.stop();
    return playPrompt(this.#inside, { prompt, pieces }, options, signal);
  }

  async record(options: RecordOptions, signal: AbortSignal): Promise<RecordResult> {
    this.#claimRecording(options.name);
    return recordFarEnd(this.#inside, options, signal).finally(() => (this.#recorded = false));
  }

  async startRecording({ name }: { name: string }): Promise<Recording> {
    this.#claimRecording(name);
    return recordBothSides(this.#inside, name, () => (this.#recorded = false));
  }

  async sendDigits(digits: string, options: { durationMs: number; gapMs: number }, signal: AbortSignal): Promise<void> {
    this.#requireAudio();
    if ([...digits].some((digit) => !DIGITS.includes(digit))) throw channelError('call.bad-digits');
    await sendDigits(this.#inside, digits, options, signal);
    this.#requireLife();
  }

  async joinConference(options: ConferenceOptions, signal: AbortSignal): Promise<'left' | 'ended'> {
    this.#requireAudio();
    this.#requireFree();
    return joinRoom(this.#inside, options, signal, (seat) => (this.#seat = seat));
  }

  get fax(): FaxJob | null {
    return this.#fax;
  }

  async sendFax(request: FaxRequest): Promise<FaxJob> {
    this.#requireFaxable();
    return this.#startFax('send', request, this.#host.faxPages(request.document));
  }

  async receiveFax(request: FaxRequest): Promise<FaxJob> {
    this.#requireFaxable();
    const job = this.#startFax('receive', request, null);
    void job.result.then(({ document, pages }) => {
      if (pages > 0) this.#host.faxReceived(document, pages);
    });
    return job;
  }

  async detectFax(tones: readonly FaxTone[], signal: AbortSignal): Promise<FaxTone | null> {
    this.#requireAudio();
    const operation = new Operation<FaxTone | null>();
    const listener = (tone: FaxTone) => {
      if (!tones.includes(tone)) return;
      this.#host.tell({ name: 'fax.detected', leg: this.name, tone });
      operation.finish(() => tone);
    };
    this.#faxToneListeners.add(listener);
    operation.cleanup(() => this.#faxToneListeners.delete(listener));
    this.#inside.whenEnded(operation, () => operation.finish(() => null));
    operation.onAbort(signal, () => operation.finish(() => null));
    const tone = await operation.result;
    this.#requireLife();
    return tone;
  }

  async hold({ music = [] }: { readonly music?: Prompt } = {}): Promise<void> {
    this.#requireLife();
    if (this.#state !== 'answered' && this.#state !== 'held') throw channelError('call.not-answered');
    const pieces = this.#host.pieces(music);
    this.#setHeld(true);
    if (this.#holdMusic || lengthOf(pieces) === 0) return;
    const onSound = this.#inside.sender('hold-music');
    this.#holdMusic = startPlayer({ clock: this.#host.clock, pieces, loop: 0, onSound, onEnd: () => {} });
  }

  async resume(): Promise<void> {
    this.#requireLife();
    this.#setHeld(false);
    this.#endHoldMusic();
  }

  async sendMessage(text: string): Promise<void> {
    this.#requireLife();
    const { clock } = this.#host;
    const silentMs = this.farEnd.silentToMessagesMs;
    if (silentMs > 0) await new Promise<void>((resolve) => void clock.at(clock.now() + silentMs, resolve));
    if (this.farEnd.refusesMessages || silentMs > 0) throw channelError('call.message-refused');
    this.farEnd.messages.push(text);
  }

  async hangUp(cause: HangUpCause): Promise<void> {
    this.end(CAUSE_OF_HANG_UP[cause], 'system');
  }

  /** Joins this leg to another; `Operation` and rules of a bridge, told once for both. */
  bridgeTo(other: FakeLeg, signal: AbortSignal, recordName: string | null): Promise<BridgeResult> {
    for (const leg of [this, other]) {
      leg.#requireLife();
      if (leg.#state !== 'answered' && leg.#state !== 'held') throw channelError('call.not-answered');
      leg.#requireFree();
    }
    const { clock } = this.#host;
    const startedAt = clock.now();
    if (recordName !== null) this.#host.claimRecording(recordName);
    const operation = new Operation<BridgeResult>();
    const finish = (endedBy: EndedBy) => operation.finish(() => ({ endedBy, durationMs: clock.now() - startedAt }));
    for (const leg of [this, other]) leg.#inside.occupy('bridge', operation);
    this.#peer = other;
    other.#peer = this;
    operation.cleanup(() => {
      this.#peer = null;
      other.#peer = null;
      this.refresh();
      other.refresh();
    });
    if (recordName !== null) {
      const recording = recordBothSides(this.#inside, recordName, () => {});
      operation.cleanup(() => void recording.stop());
    }
    for (const leg of [this, other]) {
      leg.#inside.whenEnded(operation, () =>
        finish(leg.#endedBy === 'system' ? 'system' : leg.name === 'caller' ? 'caller' : 'agent'),
      );
    }
    operation.onAbort(signal, () => finish('system'));
    this.refresh();
    other.refresh();
    return operation.result;
  }

  /** Lets it hear a far end that has not answered, until that one does or is gone. */
  hearEarly(callee: FakeLeg, began: () => void): void {
    let begun = false;
    const heard = () => {
      const canHear = this.hasAudio && this.#activity !== 'bridge' && this.#activity !== 'conference';
      if (!begun && canHear && callee.farEnd.voice) {
        begun = true;
        this.#early = callee;
        began();
      }
      this.refresh();
    };
    const over = () => {
      callee.#earlyListeners.delete(heard);
      if (this.#early === callee) this.#early = null;
      this.refresh();
    };
    callee.#earlyListeners.add(heard);
    callee.onAnswered(over);
    callee.onEnded(over);
  }

  // --- What the far end does ---

  pressed(digit: string, method: DigitMethod, durationMs: number): void {
    if (this.#state === 'ended') return;
    this.#host.tell({ name: 'digit.received', leg: this.name, digit, method, durationMs });
    this.digits.push(digit);
    for (const listener of [...this.#keyListeners]) listener();
  }

  voiceChanged(): void {
    for (const listener of [...this.#voiceListeners]) listener();
    for (const listener of [...this.#earlyListeners]) listener();
    this.#peer?.refresh();
    this.#seat?.room.refresh();
  }

  farEndHangsUp(): void {
    if (this.hasBeenAnswered) this.end('normal', this.name === 'caller' ? 'caller' : 'agent');
    else this.end(this.#placedByUs ? 'declined' : 'cancelled', this.name === 'caller' ? 'caller' : 'agent');
  }

  farEndAnswers(): void {
    if (this.#placedByUs && (this.#state === 'calling' || this.#state === 'ringing')) this.#becomeAnswered();
  }

  farEndHolds(onHold: boolean): void {
    if (!this.hasBeenAnswered) return;
    this.#heldByFarEnd = onHold;
    this.#holdChanged();
  }

  faxToneCame(tone: FaxTone): void {
    for (const listener of [...this.#faxToneListeners]) listener(tone);
  }

  messageCame(contentType: string, text: string): void {
    if (this.#state !== 'ended') this.#host.tell({ name: 'message.received', leg: this.name, contentType, text });
  }

  /** Its far end says that it rings. */
  farEndRings(): void {
    if (this.#state === 'calling') this.#setState('ringing');
  }

  // --- What the call asks ---

  get hasBeenAnswered(): boolean {
    return this.#state === 'answered' || this.#state === 'held';
  }

  /** Ends this leg; what is under way on it settles first. */
  end(cause: CallCause, by: EndedBy): void {
    if (this.#state === 'ended') return;
    const from = this.#state;
    this.#state = 'ended';
    this.#endedBy = by;
    this.farEnd.cause = cause;
    this.#ringtone?.stop();
    this.#endHoldMusic();
    for (const ending of [...this.#endings]) ending();
    this.digits.close();
    this.farEnd.hear([]);
    this.#host.tell({ name: 'leg.state-changed', leg: this.name, from, to: 'ended' });
    this.#host.tell({ name: 'leg.ended', leg: this.name, cause });
    this.#host.legEnded(this, cause, by);
  }

  onAnswered(task: () => void): () => void {
    this.#answerings.add(task);
    return () => this.#answerings.delete(task);
  }

  onEnded(task: () => void): () => void {
    this.#endings.add(task);
    return () => this.#endings.delete(task);
  }

  /** What the far end says now and we can hear; null: nothing. */
  voice(): Sound | null {
    return this.#state === 'ended' || this.onHold ? null : this.farEnd.voice;
  }

  /** Tells the far end what it hears now. */
  refresh(): void {
    if (this.#state === 'ended') return;
    const music = this.#sending.get('hold-music');
    if (this.#heldByUs) return this.farEnd.hear(music && !this.#heldByFarEnd ? [music] : []);
    const sounds = [...this.#sending.values()];
    const peerVoice = this.#peer?.voice();
    if (peerVoice) sounds.push(peerVoice);
    const earlyVoice = this.#early?.voice();
    if (earlyVoice) sounds.push(earlyVoice);
    if (this.#seat) sounds.push(...this.#seat.room.sounds(this.#seat.member));
    this.farEnd.hear(this.onHold ? [] : sounds);
  }

  #becomeAnswered(): void {
    this.#ringtone?.stop();
    this.#setState('answered');
    this.#host.tell({ name: 'call.answered', leg: this.name });
    for (const task of [...this.#answerings]) task();
  }

  #endHoldMusic(): void {
    this.#holdMusic?.stop();
    this.#holdMusic = null;
  }

  #setHeld(held: boolean): void {
    if (this.#heldByUs === held) return;
    if (this.farEnd.refusesHold) throw channelError('call.hold-refused', { leg: this.name });
    this.#heldByUs = held;
    this.#holdChanged();
  }

  #holdChanged(): void {
    if (this.hasBeenAnswered) this.#setState(this.onHold ? 'held' : 'answered');
    for (const listener of [...this.#voiceListeners]) listener();
    this.refresh();
    this.#peer?.refresh();
    this.#seat?.room.refresh();
  }

  #setState(to: LegState): void {
    const from = this.#state;
    if (from === to) return;
    this.#state = to;
    this.#host.tell({ name: 'leg.state-changed', leg: this.name, from, to });
    this.#host.legChanged(this);
  }

  /** This leg as its operations see it. */
  #insideOut(): LegInside {
    const during = (listeners: Set<() => void>) => (operation: Running, task: () => void) => {
      listeners.add(task);
      operation.cleanup(() => listeners.delete(task));
    };
    return {
      name: this.name,
      call: this.#host,
      digits: this.digits,
      farEnd: this.farEnd,
      voice: () => this.voice(),
      refresh: () => this.refresh(),
      sender: (slot) => (sound) => {
        if (sound) this.#sending.set(slot, sound);
        else this.#sending.delete(slot);
        this.refresh();
      },
      occupy: (activity, operation) => {
        this.#activity = activity;
        operation.cleanup(() => (this.#activity = null));
      },
      whenEnded: during(this.#endings),
      whenPressed: during(this.#keyListeners),
      whenVoiceChanges: during(this.#voiceListeners),
    };
  }

  #requireFaxable(): void {
    this.#requireAudio();
    if (this.#fax?.running) throw channelError('fax.already-running', { leg: this.name });
    this.#requireFree();
    this.#host.requireFax();
  }

  #startFax(direction: FaxDirection, request: FaxRequest, pages: number | null): FaxRecord {
    const { clock } = this.#host;
    const record = new FaxRecord({
      clock,
      leg: this.name,
      direction,
      request,
      pagesInDocument: pages,
      tell: (event) => this.#host.tell(event),
    });
    this.#fax = record;
    record.started(request.document);
    const fault = optionFault(record.reading);
    if (fault) record.finish(fault);
    else startFax(this.#inside, record, record.pagesToSend ?? 0);
    return record;
  }

  #claimRecording(name: string): void {
    this.#requireAudio();
    if (this.#activity === 'fax') this.#requireFree();
    if (this.#recorded) throw channelError('call.already-recording');
    this.#host.claimRecording(name);
    this.#recorded = true;
  }

  #requireLife(): void {
    if (this.#state === 'ended') throw channelError('call.gone', { leg: this.name });
  }

  #requireAudio(): void {
    this.#requireLife();
    if (!this.hasAudio) throw channelError('call.not-answered', { leg: this.name });
  }

  #requireFree(): void {
    if (this.#activity) throw channelError('call.busy-playing', { leg: this.name, activity: this.#activity });
  }
}
