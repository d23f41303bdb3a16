import type { Unsubscribe } from '@callwright/kernel';
import type { ChannelEvent } from './events.js';
import type { FaxJob, FaxRequest, FaxTone } from './fax/fax.js';
import type {
  CallCause,
  CallDirection,
  CallState,
  DigitMethod,
  EndedBy,
  HangUpCause,
  Headers,
  LegName,
  LegState,
  Prompt,
} from './words.js';

/**
 * What a scenario can do with one telephone call. It speaks of calls and legs, never of SIP: no status codes, headers as data only.
 *
 * Promises of every adapter (each is a rule of the conformance suite in `./conformance`):
 * - An operation that has an `AbortSignal` ends within 100 ms of its abort: it *resolves* with what it has (`stopped`), it does not reject.
 * - After a leg has ended, each operation on it rejects with `call.gone` (kind `remote`); operations under way then resolve or
 *   reject with `call.gone` as their own docstring says, within 100 ms.
 * - A media operation on a leg that has no audio yet rejects with `call.not-answered` (kind `input`). `ring` with early media gives audio.
 * - One prompt at a time on a leg: a second `play` while one runs rejects with `call.busy-playing` (kind `input`).
 * - Everything that happens is told once through `subscribe`, in the order in which it happened.
 * - Whatever happens, every leg is released in the end, and `call.channel-ended` is the last event.
 */
export interface CallChannel {
  /** Unique for ever; the id of the call. */
  readonly id: string;
  readonly direction: CallDirection;
  /** The caller's number or user part. */
  readonly from: string;
  /** The number or user part that was called. */
  readonly to: string;
  /** Headers of the request that began the call. */
  readonly headers: Headers;
  readonly state: CallState;
  /** Set once the call has ended. */
  readonly cause: CallCause | null;
  /** The first leg; it stays here after it ended. */
  readonly caller: Leg;
  /** All legs that were ever part of the call, in the order of their coming. */
  readonly legs: readonly Leg[];
  /** The living leg with that name, or undefined. */
  leg(name: LegName): Leg | undefined;

  /**
   * Places a second leg. Resolves when it is answered or has failed; never rejects for what a far end does.
   * Aborting cancels the attempt and resolves with `cancelled`. Rejects with `outbound.not-allowed` (kind `input`) or
   * `outbound.limit` (kind `resource`) when policy says no, `call.bad-destination` (kind `input`) for a `to` that cannot be read,
   * `call.leg-taken` (kind `input`) when a living leg has this name.
   */
  dial(options: DialOptions, signal: AbortSignal): Promise<DialResult>;

  /**
   * Lets two answered legs hear each other until one of them ends or the signal aborts (the legs then stay alive, unbridged).
   * Digits are still detected on both and `play` rejects with `call.busy-playing`, as this does on a leg that hears a prompt.
   */
  bridge(a: Leg, b: Leg, options: BridgeOptions, signal: AbortSignal): Promise<BridgeResult>;

  /** Ends every leg and the call. Safe to call at any time, any number of times. */
  hangUp(cause: HangUpCause): Promise<void>;

  /** The first subscriber also hears, at once, what was told before it came (`ChannelTopic` does that for adapters). */
  subscribe(listener: (event: ChannelEvent) => void): Unsubscribe;
}

export interface Leg {
  readonly name: LegName;
  readonly state: LegState;
  /** The far end. */
  readonly uri: string;
  /** `PCMU`, `PCMA`, … or null before media is agreed. */
  readonly codec: string | null;
  readonly onHold: boolean;
  /** Whether audio can be played to it now. */
  readonly hasAudio: boolean;

  /** Digits that were pressed and not yet taken: the type-ahead buffer. */
  readonly digits: DigitQueue;

  /**
   * Tells the far end that it rings; with early media the ringtone is heard. Resolves after `durationMs`
   * (0: at once; the ringtone goes on until the answer; null: as long as the ringtone lasts), or when aborted.
   * An adapter that cannot do early media rings without it and resolves with `earlyMedia: false`.
   * Rejects with `call.wrong-state` (kind `input`) on a leg that is answered or that we placed.
   */
  ring(options: RingOptions, signal: AbortSignal): Promise<{ earlyMedia: boolean }>;

  /**
   * Answers; resolves when audio can flow. A leg that is already answered resolves at once; one that we placed resolves when
   * its far end answers. Rejects with `call.gone` when it ends first.
   */
  answer(options: { headers: Headers }): Promise<void>;

  /**
   * Plays the parts without a gap between them; a tone that goes on for ever sounds for one period. With `bargeIn` a digit ends the prompt (a digit already waiting in the
   * queue: before it begins, and no `prompt.*` event is told). The digit stays in the queue, and is there at most 300 ms after this
   * resolved. The leg's end stops the prompt (`stopped`). A prompt without sound ends at once and tells nothing.
   * Rejects with `media.not-found` (kind `input`, `details.name`) before a sample was played when a part cannot be had,
   * and with `speech.unavailable` (kind `resource`) when no engine can speak it.
   */
  play(prompt: Prompt, options: PlayOptions, signal: AbortSignal): Promise<PlayResult>;

  /**
   * Records what the far end says. A hang-up ends the recording with `cause: 'hang-up'` and keeps what was heard. A terminator is
   * taken out of the queue, other digits stay in it. Rejects with `call.already-recording` while a recording of this leg runs, and
   * with `call.recording-exists` when the call has one of that name (both kind `input`).
   */
  record(options: RecordOptions, signal: AbortSignal): Promise<RecordResult>;

  /**
   * Begins to record both directions of this leg until `stop` or the end of the leg: mixed, or (`stereo`) what the far end says on the left
   * and what it hears on the right. `call.already-recording` (kind `input`) while one runs.
   */
  startRecording(options: { name: string; stereo?: boolean }): Promise<Recording>;

  /** Sends digits to the far end (RFC 4733 when it was agreed, else in the audio). `call.bad-digits` (kind `input`) for anything else than digits. */
  sendDigits(digits: string, options: { durationMs: number; gapMs: number }, signal: AbortSignal): Promise<void>;

  /**
   * Puts the leg into a conference room of this workspace until it leaves (an exit key, its end, the signal: `left`) or the room ends.
   * Exit and mute keys are not queued as digits. Waiting music and announcements are told as prompts (`prompt.started`, `prompt.ended`)
   * of each leg that hears them.
   */
  joinConference(options: ConferenceOptions, signal: AbortSignal): Promise<'left' | 'ended'>;

  /** The fax that runs on this leg, or the last that did; null when there was none. */
  readonly fax: FaxJob | null;

  /**
   * Sends a document as a fax machine does, over T.38 when the far end has it, else in the audio. Resolves as soon as it has begun; what
   * becomes of it is the job's `result`. It goes on until it is over, stopped, or the leg ends. Meanwhile the leg does nothing else
   * (`call.busy-playing`), and afterwards its audio is as before. Rejects with `fax.already-running`, `fax.document-not-found` (kind
   * `input`) and with `fax.unavailable` (kind `resource`; its message says what to install).
   */
  sendFax(request: FaxRequest): Promise<FaxJob>;
  /** Receives a document, as `sendFax` sends one. Of a fax that breaks off the pages that came are kept. */
  receiveFax(request: FaxRequest): Promise<FaxJob>;
  /**
   * Listens for a fax machine, while prompts and everything else go on; resolves with what told it, or with null when aborted.
   * With `t38` among them the far end may go over to T.38: then a fax must follow, since there is no audio any more.
   * The leg's end rejects with `call.gone`.
   */
  detectFax(tones: readonly FaxTone[], signal: AbortSignal): Promise<FaxTone | null>;

  /**
   * Puts the far end on hold: it hears no prompt and no other leg, only `music` (over and over, as far as it listens), and is not heard. Rejects with `call.hold-refused` (kind `remote`) when
   * the far end does not take part, with `call.not-answered`, and as `play` does when the music cannot be had; the leg then is what it was before.
   */
  hold(options?: { readonly music?: Prompt }): Promise<void>;
  /** Takes it back. Rejects with `call.hold-refused` when the far end stays where it is. */
  resume(): Promise<void>;
  /** A text message within the call. Rejects with `call.message-refused` (kind `remote`). */
  sendMessage(text: string): Promise<void>;
  /** Ends this leg alone (of the caller's leg: the call). */
  hangUp(cause: HangUpCause): Promise<void>;
}

export interface DigitQueue {
  readonly length: number;
  /** The digits that wait, in the order in which they were pressed; reading it takes none. */
  readonly waiting: string;
  /** Takes the next digit, waiting up to `timeoutMs` for it; null when the time is over, the leg has ended, or the signal aborted. */
  take(timeoutMs: number, signal: AbortSignal): Promise<string | null>;
  /** Takes the next digit if one waits. */
  poll(): string | null;
  clear(): void;
}

export interface DialOptions {
  readonly leg: LegName;
  /** `phone:USERNAME`, `+E.164` or digits, `trunk:NAME/NUMBER`, `sip:`, `tel:`, `scenario:ID`. */
  readonly to: string;
  readonly from?: string | undefined;
  readonly timeoutMs: number;
  readonly headers: Headers;
  readonly earlyMedia?: EarlyMediaOptions | undefined;
}

/**
 * What the far end sounds like before it answers: the ringback of its network, an announcement why it does not. A leg that has audio
 * and is in no bridge and no room hears it until the answer or the end of the attempt, together with what is played to it.
 */
export interface EarlyMediaOptions {
  readonly to: Leg;
  /** Told once, when the first of it came: a ringback of our own had better stop. */
  readonly began: () => void;
}
export type DialResult =
  | { readonly outcome: 'answered'; readonly leg: Leg }
  | { readonly outcome: 'busy' | 'no-answer' | 'failed' | 'cancelled'; readonly cause: CallCause };

export interface BridgeOptions {
  /** Name of a recording of both sides, or null. */
  readonly record: string | null;
  /** The recording has a channel for each side: the caller is on the left. */
  readonly stereo?: boolean;
  /** The caller is handed over to the other leg: meanwhile the call is `transferred`, and `answered` again when it comes back. */
  readonly transfer?: boolean;
}
export interface BridgeResult {
  /** Who ended it: the leg `caller`, the other leg (`agent`), or we (`system`: aborted, media timeout, shutdown). */
  readonly endedBy: EndedBy;
  readonly durationMs: number;
}

export interface RingOptions {
  readonly durationMs: number | null;
  readonly earlyMedia: boolean;
  readonly ringtone: Prompt;
  readonly repeat: boolean;
  /** Codec names in order of preference; empty: our own order. */
  readonly codecs: readonly string[];
}

export interface PlayOptions {
  readonly bargeIn: boolean;
  /** How often the whole prompt is played; 0: until aborted (and a tone for ever). */
  readonly loop: number;
  readonly voice?: string | undefined;
  readonly language?: string | undefined;
}
export interface PlayResult {
  readonly reason: 'end' | 'barge-in' | 'stopped';
  /** How much of the prompt was played, in ms. */
  readonly playedMs: number;
}

export interface RecordOptions {
  /** Unique within the call. */
  readonly name: string;
  readonly maxMs: number;
  /** This much silence ends it; 0: never. */
  readonly silenceMs: number;
  readonly terminators: readonly string[];
  readonly beep: boolean;
}
export interface RecordResult {
  readonly name: string;
  readonly durationMs: number;
  readonly cause: 'silence' | 'max' | 'terminator' | 'hang-up' | 'stopped';
  readonly audioDetected: boolean;
}
export interface Recording {
  readonly name: string;
  stop(): Promise<{ durationMs: number }>;
}

export interface ConferenceOptions {
  readonly room: string;
  /** False: the room waits (music) until somebody enters who starts it. */
  readonly startOnEntry: boolean;
  /** True: the room ends when this leg leaves. */
  readonly endOnExit: boolean;
  readonly exitKeys: readonly string[];
  readonly muteKey: string | null;
  readonly unmuteKey: string | null;
  readonly waitMusic: Prompt;
  /** Played before `entry` and `exit`, to the others who listen; in a room that waits nobody is announced. */
  readonly namePrefix: Prompt;
  readonly entry: Prompt;
  readonly exit: Prompt;
  readonly talk: boolean;
  readonly listen: boolean;
}

export interface Digit {
  readonly digit: string;
  readonly method: DigitMethod;
  /** How long the key was held, in ms, as far as known. */
  readonly durationMs: number;
}
