import type { Clock } from '@callwright/kernel';
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
import type { ChannelEvent } from '../events.js';
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
import { FakeFarEnd, type FarEndLeg } from './fake-far-end.js';
import { BEEP_MS } from './fake-prompts.js';
import type { FakeRoom, RoomMember } from './fake-room.js';
import { Operation } from './operation.js';
import { lengthOf, startPlayer, type Player } from './player.js';
import type { Piece, Sound } from './sound.js';

/** What a leg needs of the call that it belongs to. */
export interface LegHost {
  readonly clock: Clock;
  tell(event: ChannelEvent): void;
  /** Throws `media.not-found`, `speech.unavailable`. */
  pieces(prompt: Prompt): readonly Piece[];
  room(name: string): FakeRoom;
  /** Throws `call.recording-exists`. */
  claimRecording(name: string): void;
  /** A recording is complete; `voice` is what was heard in it last. */
  recorded(name: string, durationMs: number, voice: Sound | null): void;
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

type Activity = 'prompt' | 'bridge' | 'conference';

/** A leg without a network: its far end is a `FakeFarEnd` on the same clock. */
export class FakeLeg implements Leg, FarEndLeg {
  readonly name: LegName;
  readonly uri: string;
  readonly digits: DigitInbox;
  readonly farEnd: FakeFarEnd;
  readonly #host: LegHost;
  readonly #placedByUs: boolean;
  readonly #canEarlyMedia: boolean;
  readonly #endings = new Set<() => void>();
  readonly #answerings = new Set<() => void>();
  readonly #voiceListeners = new Set<() => void>();
  readonly #keyListeners = new Set<() => void>();
  #state: LegState;
  #endedBy: EndedBy = 'system';
  #earlyMedia = false;
  #heldByUs = false;
  #heldByFarEnd = false;
  #activity: Activity | null = null;
  #recording: string | null = null;
  #ringtone: Player | null = null;
  /** What we send on our own: a prompt, a ringtone, a beep, a digit. */
  readonly #sending = new Map<string, Sound>();
  #peer: FakeLeg | null = null;
  #seat: { room: FakeRoom; member: RoomMember } | null = null;

  constructor(host: LegHost, setup: LegSetup) {
    this.#host = host;
    this.name = setup.name;
    this.uri = setup.uri;
    this.#state = setup.state;
    this.#placedByUs = setup.state === 'calling';
    this.#canEarlyMedia = setup.earlyMedia;
    this.digits = createDigitQueue(host.clock);
    this.farEnd = new FakeFarEnd(host.clock, this);
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
        onSound: this.#sender('ringtone'),
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
    this.#whenEnded(operation, finish);
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
    this.#whenEnded(operation, finish);
    await operation.result;
    this.#requireLife();
  }

  async play(prompt: Prompt, options: PlayOptions, signal: AbortSignal): Promise<PlayResult> {
    this.#requireAudio();
    this.#requireFree();
    const pieces = this.#host.pieces(prompt);
    if (signal.aborted) return { reason: 'stopped', playedMs: 0 };
    if (options.bargeIn && this.digits.length > 0) return { reason: 'barge-in', playedMs: 0 };
    if (lengthOf(pieces) === 0) return { reason: 'end', playedMs: 0 };

    this.#ringtone?.stop();
    const operation = new Operation<PlayResult>();
    this.#occupy('prompt', operation);
    this.#host.tell({ name: 'prompt.started', leg: this.name, parts: prompt });
    const finish = (reason: PlayResult['reason']) => {
      if (!operation.running) return;
      operation.finish(() => {
        this.#host.tell({ name: 'prompt.ended', leg: this.name, reason });
        return { reason, playedMs: player.playedMs };
      });
    };
    const player = startPlayer({
      clock: this.#host.clock,
      pieces,
      loop: options.loop,
      onSound: this.#sender('prompt'),
      onEnd: () => finish('end'),
    });
    operation.cleanup(() => player.stop());
    this.#whenEnded(operation, () => finish('stopped'));
    operation.onAbort(signal, () => finish('stopped'));
    if (options.bargeIn) {
      const onKey = () => finish('barge-in');
      this.#keyListeners.add(onKey);
      operation.cleanup(() => this.#keyListeners.delete(onKey));
    }
    return operation.result;
  }

  async record(options: RecordOptions, signal: AbortSignal): Promise<RecordResult> {
    this.#requireAudio();
    if (this.#recording !== null) throw channelError('call.already-recording');
    this.#host.claimRecording(options.name);
    this.#recording = options.name;
    const { clock } = this.#host;
    const operation = new Operation<RecordResult>();
    let startedAt: number | null = null;
    let heard: Sound | null = null;
    let stopSilence = () => {};

    const finish = (cause: RecordResult['cause']) => {
      if (!operation.running) return;
      operation.finish(() => {
        const durationMs = startedAt === null ? 0 : clock.now() - startedAt;
        this.#recording = null;
        this.#host.recorded(options.name, durationMs, heard);
        this.#host.tell({ name: 'recording.ended', recording: options.name, leg: this.name, durationMs, cause });
        return { name: options.name, durationMs, cause, audioDetected: heard !== null };
      });
    };
    const listen = () => {
      if (startedAt === null) return;
      stopSilence();
      const voice = this.voice();
      if (voice) heard = voice;
      else if (options.silenceMs > 0) stopSilence = clock.at(clock.now() + options.silenceMs, () => finish('silence'));
    };
    const start = () => {
      startedAt = clock.now();
      operation.cleanup(clock.at(startedAt + options.maxMs, () => finish('max')));
      listen();
    };

    this.#host.tell({ name: 'recording.started', recording: options.name, leg: this.name });
    if (options.beep) operation.cleanup(this.#beep(start));
    else start();
    this.#voiceListeners.add(listen);
    operation.cleanup(() => this.#voiceListeners.delete(listen));
    operation.cleanup(() => stopSilence());
    operation.cleanup(
      this.digits.intercept((digit) => {
        if (!options.terminators.includes(digit)) return false;
        finish('terminator');
        return true;
      }),
    );
    this.#whenEnded(operation, () => finish('hang-up'));
    operation.onAbort(signal, () => finish('stopped'));
    return operation.result;
  }

  async startRecording({ name }: { name: string }): Promise<Recording> {
    this.#requireAudio();
    if (this.#recording !== null) throw channelError('call.already-recording');
    this.#host.claimRecording(name);
    this.#recording = name;
    return this.recordBothSides(name, () => (this.#recording = null));
  }

  /** Records until `stop` or the end of the leg; who calls it has claimed the name. */
  recordBothSides(name: string, onEnd: () => void): Recording {
    const { clock } = this.#host;
    const startedAt = clock.now();
    const operation = new Operation<{ durationMs: number }>();
    const finish = (cause: 'stopped' | 'hang-up') => {
      operation.finish(() => {
        const durationMs = clock.now() - startedAt;
        onEnd();
        this.#host.recorded(name, durationMs, this.farEnd.voice);
        this.#host.tell({ name: 'recording.ended', recording: name, leg: this.name, durationMs, cause });
        return { durationMs };
      });
    };
    this.#host.tell({ name: 'recording.started', recording: name, leg: this.name });
    this.#whenEnded(operation, () => finish('hang-up'));
    return {
      name,
      stop: () => {
        finish('stopped');
        return operation.result;
      },
    };
  }

  async sendDigits(
    digits: string,
    { durationMs, gapMs }: { durationMs: number; gapMs: number },
    signal: AbortSignal,
  ): Promise<void> {
    this.#requireAudio();
    if ([...digits].some((digit) => !DIGITS.includes(digit))) throw channelError('call.bad-digits');
    const { clock } = this.#host;
    const operation = new Operation<void>();
    const finish = () => operation.finish(() => undefined);
    const setSound = this.#sender('digit');
    const send = (index: number): void => {
      const digit = digits[index];
      if (digit === undefined) return finish();
      setSound({ kind: 'digit', text: digit, frequency: null });
      operation.cleanup(
        clock.at(clock.now() + durationMs, () => {
          setSound(null);
          this.farEnd.digitsHeard += digit;
          operation.cleanup(clock.at(clock.now() + (index + 1 < digits.length ? gapMs : 0), () => send(index + 1)));
        }),
      );
    };
    operation.cleanup(() => setSound(null));
    this.#whenEnded(operation, finish);
    operation.onAbort(signal, finish);
    if (operation.running) send(0);
    await operation.result;
    this.#requireLife();
  }

  async joinConference(options: ConferenceOptions, signal: AbortSignal): Promise<'left' | 'ended'> {
    this.#requireAudio();
    this.#requireFree();
    const prefix = this.#host.pieces(options.namePrefix);
    const waitMusic = this.#host.pieces(options.waitMusic);
    const entry = [...prefix, ...this.#host.pieces(options.entry)];
    const exit = [...prefix, ...this.#host.pieces(options.exit)];
    if (signal.aborted) return 'left';

    const operation = new Operation<'left' | 'ended'>();
    this.#occupy('conference', operation);
    let muted = false;
    const room = this.#host.room(options.room);
    const member: RoomMember = {
      startOnEntry: options.startOnEntry,
      endOnExit: options.endOnExit,
      listens: options.listen,
      waitMusic,
      entry,
      exit,
      voice: () => (options.talk && !muted ? this.voice() : null),
      refresh: () => this.refresh(),
      ended: () => operation.finish(() => 'ended'),
    };
    const leave = () => operation.finish(() => 'left');
    operation.cleanup(
      this.digits.intercept((digit) => {
        if (options.exitKeys.includes(digit)) {
          leave();
          return true;
        }
        const mutes = digit === options.muteKey;
        if (!mutes && digit !== options.unmuteKey) return false;
        // One key for both turns the mute on and off.
        muted = mutes && !(muted && options.muteKey === options.unmuteKey);
        room.refresh();
        return true;
      }),
    );
    this.#whenEnded(operation, leave);
    operation.onAbort(signal, leave);
    this.#seat = { room, member };
    operation.cleanup(() => {
      this.#seat = null;
      room.leave(member);
      this.refresh();
    });
    room.enter(member);
    return operation.result;
  }

  async hold(): Promise<void> {
    this.#requireLife();
    if (this.#state !== 'answered' && this.#state !== 'held') throw channelError('call.not-answered');
    this.#heldByUs = true;
    this.#holdChanged();
  }

  async resume(): Promise<void> {
    this.#requireLife();
    this.#heldByUs = false;
    this.#holdChanged();
  }

  async sendMessage(text: string): Promise<void> {
    this.#requireLife();
    if (this.farEnd.refusesMessages) throw channelError('call.message-refused');
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
    for (const leg of [this, other]) leg.#occupy('bridge', operation);
    this.#peer = other;
    other.#peer = this;
    operation.cleanup(() => {
      this.#peer = null;
      other.#peer = null;
      this.refresh();
      other.refresh();
    });
    if (recordName !== null) {
      const recording = this.recordBothSides(recordName, () => {});
      operation.cleanup(() => void recording.stop());
    }
    for (const leg of [this, other]) {
      leg.#whenEnded(operation, () =>
        finish(leg.#endedBy === 'system' ? 'system' : leg.name === 'caller' ? 'caller' : 'agent'),
      );
    }
    operation.onAbort(signal, () => finish('system'));
    this.refresh();
    other.refresh();
    return operation.result;
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
    const sounds = [...this.#sending.values()];
    const peerVoice = this.#peer?.voice();
    if (peerVoice) sounds.push(peerVoice);
    if (this.#seat) sounds.push(...this.#seat.room.sounds(this.#seat.member));
    this.farEnd.hear(this.onHold ? [] : sounds);
  }

  #becomeAnswered(): void {
    this.#ringtone?.stop();
    this.#setState('answered');
    this.#host.tell({ name: 'call.answered', leg: this.name });
    for (const task of [...this.#answerings]) task();
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

  #occupy<T>(activity: Activity, operation: Operation<T>): void {
    this.#activity = activity;
    operation.cleanup(() => (this.#activity = null));
  }

  #whenEnded<T>(operation: Operation<T>, task: () => void): void {
    operation.cleanup(this.onEnded(task));
  }

  #sender(slot: string): (sound: Sound | null) => void {
    return (sound) => {
      if (sound) this.#sending.set(slot, sound);
      else this.#sending.delete(slot);
      this.refresh();
    };
  }

  /** Gives what stops it. */
  #beep(then: () => void): () => void {
    const player = startPlayer({
      clock: this.#host.clock,
      pieces: [{ durationMs: BEEP_MS, sound: { kind: 'prompt', text: '(beep)', frequency: null } }],
      loop: 1,
      onSound: this.#sender('beep'),
      onEnd: then,
    });
    return () => player.stop();
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
