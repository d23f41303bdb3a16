import type { Unsubscribe } from '@callwright/kernel';
import type { FaxDirection, FaxPage, FaxSettings, FaxSetup, FaxSignal } from '@callwright/fax';
import type { T38Limits, TerminalEnd } from '@callwright/fax-terminal';
import type { FaxMachineTone } from '@callwright/media';
import type { DigitMethod, PromptAudio } from '@callwright/channel-contract';

/**
 * What the SIP side of the engine (main thread) asks of the media side (worker threads, one a core). A session is the RTP of one leg.
 * It knows nothing of calls, scenarios and SIP; the SIP side knows nothing of packets.
 */
export interface MediaEngine {
  /** Starts the workers and warms their code up; resolves when calls may come. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Takes an even RTP port (RTCP on the next) on a worker. Rejects with `media.no-ports` or `media.bind-failed` (kind `resource`). */
  open(options: OpenOptions): Promise<MediaSession>;
  readonly load: MediaLoad;
  readonly inBandDigits: { readonly available: boolean; readonly reason?: string };
  /** Whether a session can fax; if not, why, and what to install. */
  readonly fax: { readonly available: boolean; readonly reason?: string };
}

export interface OpenOptions {
  /** Sessions of one call share a worker, so that a bridge never crosses threads. */
  readonly callId: string;
  /** Local address to bind to. */
  readonly address: string;
}

export interface MediaLoad {
  readonly sessions: number;
  readonly freePorts: number;
  /** How late the workers' ticks are: p99 over the last seconds, in ms. */
  readonly tickLateP99Ms: number;
}

export type CodecName = 'PCMU' | 'PCMA';

/** What the SDP answer settled. May be given again at every re-INVITE. */
export interface MediaParameters {
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Where reports go when it is not the next port (RFC 3605); only for as long as media comes from where the SDP says. */
  readonly remoteRtcpPort?: number;
  readonly codec: CodecName;
  /** 0 or 8, or what the offer called it. */
  readonly payloadType: number;
  /** RFC 4733 payload type, or null when it was not agreed. */
  readonly telephoneEvent: number | null;
  /** Seen from us. */
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  readonly ptimeMs: number;
  /**
   * Whether media from another address than the SDP's may be latched on to (reliability C1). `anybody` (a phone behind NAT): the first
   * stream of valid packets wins, after at most 5 packets sent to the SDP's address; then it is locked. `port`: only the host that the
   * SDP names, from another port; what we send still goes where the SDP says.
   */
  readonly learn: 'nobody' | 'port' | 'anybody';
  /** The request that carried this SDP came from loopback itself, so the SDP may name loopback (default: it may not, reliability C2). */
  readonly loopbackAllowed?: boolean;
}

export interface MediaSession {
  readonly localPort: number;
  /** SSRC, sent and received packets, loss, jitter (ms), last round trip (ms) – from RTP and RTCP. */
  stats(): Promise<MediaStats>;
  configure(parameters: MediaParameters): void;
  subscribe(listener: (event: MediaEvent) => void): Unsubscribe;
  /** The call is answered: whoever heard a ringtone and sent nothing until now is to send, and silence is counted from here. */
  answered(): void;

  /**
   * Plays audio without gaps, `loop` times (0: for ever). With `bargeIn` the worker itself stops it within 20 ms of a digit's
   * beginning. Ends with a `play-ended` event that carries `id`. One at a time; a second one replaces the first (`stopped`).
   */
  play(request: {
    readonly id: number;
    readonly audio: readonly PromptAudio[];
    readonly loop: number;
    readonly bargeIn: boolean;
  }): void;
  stopPlay(id: number): void;
  /** On hold: this, over and over, is all that is heard; what else is played goes on unheard. Null: no more. */
  hold(audio: readonly PromptAudio[] | null): void;

  /** Records what the far end says (`both: false`) or both directions, as WAV. Ends with `record-ended`. Several may run side by side. */
  record(request: RecordRequest): void;
  stopRecord(id: number): void;

  /** Tells `overheard` events of both directions, or stops to. What it costs: a copy of each frame. */
  overhear(on: boolean): void;

  /** RFC 4733 with three end packets when agreed, else tones. Ends with `digits-sent`. */
  sendDigits(request: {
    readonly id: number;
    readonly digits: string;
    readonly durationMs: number;
    readonly gapMs: number;
  }): void;
  cancelDigits(id: number): void;

  /**
   * Two sessions of one worker (one `callId`) hear each other until `unbridge` or one is closed. A key that arrives as RFC 4733
   * on one side is told as `digit` and sent on to the other side by the worker itself; one in the audio passes with the audio.
   */
  bridge(other: MediaSession): void;
  /** Hears another session of its worker, together with what is played to it, and is not heard: until `unbridge`, or one is closed. */
  listenTo(other: MediaSession): void;
  unbridge(): void;

  /** Into a mixer room; rooms of one name share one worker's mixer even when their calls live on several (frames are handed over). */
  join(room: string, options: { readonly talk: boolean; readonly listen: boolean }): void;
  setTalk(talk: boolean): void;
  leave(): void;
  /** Plays to everybody in a room but this session (entry, exit, name). */
  playToRoom(room: string, audio: readonly PromptAudio[]): void;

  /**
   * Hands the socket over to a fax machine in another thread, which ends with `fax-ended`; until then nothing else is sent or heard.
   * `t38` null: over the audio that was configured.
   */
  startFax(request: FaxMediaRequest): void;
  /** The fax goes on over T.38, or over audio (null): it begins anew with the first page that is not through. */
  carryFax(id: number, t38: T38Transport | null): void;
  /** `hung-up`: the far end is gone, which may be a good end. */
  stopFax(id: number, how: 'stopped' | 'hung-up'): void;
  /** Tells `fax-tone` from now on, or no more. */
  listenForFax(on: boolean): void;

  /** Ends everything under way (each tells its end), sends RTCP BYE, closes the sockets, frees the ports. */
  close(): void;
}

export interface FaxMediaRequest {
  readonly id: number;
  readonly direction: FaxDirection;
  /** A TIFF file to send, or to write. */
  readonly file: string;
  readonly setup: FaxSetup;
  readonly t38: T38Transport | null;
}

/** What the SDP answer settled for T.38. */
export interface T38Transport extends Pick<
  MediaParameters,
  'remoteAddress' | 'remotePort' | 'learn' | 'loopbackAllowed'
> {
  readonly limits: T38Limits;
  /** How many earlier packets each datagram repeats. */
  readonly redundancy: number;
}

export interface RecordRequest {
  readonly id: number;
  readonly path: string;
  readonly both: boolean;
  /** Of both directions: what the far end says on the left and what it hears on the right, instead of the two mixed. */
  readonly stereo?: boolean;
  readonly maxMs: number;
  /** 0: silence does not end it. */
  readonly silenceMs: number;
  /** Digits that end it; their tones are not in the file. */
  readonly terminators: string;
  readonly beep: boolean;
}

export interface MediaStats {
  readonly packetsSent: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  /** Where media really comes from, once it is locked. */
  readonly lockedTo: string | null;
}

export type MediaEvent =
  | { readonly type: 'play-started'; readonly id: number }
  | {
      readonly type: 'play-ended';
      readonly id: number;
      readonly reason: 'end' | 'barge-in' | 'stopped';
      readonly playedMs: number;
    }
  | {
      readonly type: 'record-ended';
      readonly id: number;
      readonly cause: 'silence' | 'max' | 'terminator' | 'stopped' | 'failed';
      readonly durationMs: number;
      readonly bytes: number;
      readonly audioDetected: boolean;
      readonly message?: string;
    }
  | { readonly type: 'digits-sent'; readonly id: number }
  | { readonly type: 'fax-signal'; readonly id: number; readonly signal: FaxSignal }
  | { readonly type: 'fax-settled'; readonly id: number; readonly settings: FaxSettings }
  | { readonly type: 'fax-page'; readonly id: number; readonly page: FaxPage }
  /** `end` null: it was stopped, or failed on our side, as `message` says. */
  | {
      readonly type: 'fax-ended';
      readonly id: number;
      readonly end: TerminalEnd | null;
      readonly message?: string;
    }
  /** A fax machine was heard. */
  | { readonly type: 'fax-tone'; readonly tone: FaxMachineTone }
  | { readonly type: 'digit'; readonly digit: string; readonly method: DigitMethod; readonly durationMs: number }
  /** Some 100 ms: samples at 8,000 Hz, in turn one of what the far end said and one of what it heard. */
  | { readonly type: 'overheard'; readonly stereo: Int16Array }
  /** The first valid packet came. */
  | { readonly type: 'media-started' }
  /** Nothing came for that long (told at 5 s, and at the limit given to the engine, 60 s by default). */
  | { readonly type: 'media-silent'; readonly ms: number }
  /**
   * The worker of this session died (a bug of ours); everything under way has told its end. The session is closed and nothing more
   * comes. The engine starts a new worker: later calls are not affected.
   */
  | { readonly type: 'media-failed'; readonly message: string };
