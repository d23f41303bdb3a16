import type { Unsubscribe } from '@callwright/kernel';
import type { CallChannel } from './channel.js';
import type { FaxStore } from './fax/fax.js';
import type { SignallingMessage } from './signalling.js';
import type { CallCause, HangUpCause, Headers, LegName, PromptPart } from './words.js';

/** A media layer: the embedded engine, or drachtio and FreeSWITCH. It finds out *who* is called from its host and makes channels. */
export interface Telephony {
  readonly kind: 'embedded' | 'drachtio';
  start(): Promise<void>;
  /** Places a call whose first leg is `caller`; resolves at once with a channel in state `calling`. Rejects as `CallChannel.dial`. */
  originate(options: OriginateOptions): Promise<CallChannel>;
  /** From now on new calls are refused (SIP: 503 with Retry-After); running ones go on. */
  drain(): void;
  /** Ends what still runs, says goodbye to every far end, closes sockets. */
  stop(): Promise<void>;
  health(): TelephonyHealth;
  /** Reads phones and trunks anew (after a change by the API). */
  refresh(): Promise<void>;
  /** Digits in the audio: by the native detector, by our own, or not at all, and why. */
  readonly inBandDigits: { readonly available: boolean; readonly reason?: string };
  /** Whether faxes can be sent and received; if not, why, and what to install. */
  readonly fax: { readonly available: boolean; readonly reason?: string };
  /** What a supervisor sees and hears of the media; absent where the media layer cannot tell. No scenario sees it. */
  readonly supervision?: Supervision;
}

/** Looks at a leg's media from outside the call. It has no way in: nothing that a supervisor says or does here reaches the call. */
export interface Supervision {
  /** Figures of a living leg's media; null: no such leg, or no media yet. */
  quality(callId: string, leg: LegName): Promise<LegQuality | null>;
  /**
   * Hears a leg until the returned function is called or the leg ends (`ended` is then called once, and nothing follows).
   * Throws `call.gone` (kind `remote`) when there is no such living leg, `call.not-answered` (kind `input`) when it has no audio.
   */
  listen(callId: string, leg: LegName, listener: Overhearing): Unsubscribe;
  /** What a call said and heard in its signalling and the host was not told yet (`TelephonyHost.signalled`), oldest first. */
  signalling(callId: string): readonly SignallingMessage[];
}

export interface LegQuality {
  readonly packetsSent: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** RFC 3550 section 6.4.1, in ms. */
  readonly jitterMs: number;
  /** From RTCP; null: the far end sends no reports. */
  readonly roundTripMs: number | null;
}

export interface Overhearing {
  /**
   * What was said in the last 100 ms or so: 16-bit signed samples at 8,000 Hz, in turn one of the far end and one of what it hears.
   * The receiver may keep it.
   */
  heard(stereo: Int16Array): void;
  ended(): void;
}

export interface OriginateOptions {
  readonly callId: string;
  readonly workspaceId: string;
  readonly to: string;
  readonly from?: string | undefined;
  readonly timeoutMs: number;
  readonly headers: Headers;
}

export interface TelephonyHealth {
  readonly ready: boolean;
  /** Why not, in words for an operator. */
  readonly reasons: readonly string[];
  readonly calls: number;
  readonly address: string;
}

/** What a telephony asks of the process that hosts it. Everything here must answer from memory or within a few ms. */
export interface TelephonyHost {
  /** A new call for us: which scenario, or why none. Called once per call, before anything but 100 is sent. */
  admit(offer: IncomingOffer): Promise<Admission>;
  /** The call was admitted and its channel stands; the host runs the scenario from here on. */
  accept(channel: CallChannel, offer: IncomingOffer, token: unknown): void;
  phone(username: string): Promise<PhoneAccount | null>;
  trunks(): Promise<readonly TrunkAccount[]>;
  /** Turns a `to` into where to send it, after policy. Rejects with `outbound.not-allowed`, `outbound.limit`, `call.bad-destination`. */
  route(request: RouteRequest): Promise<Route>;
  /** A phone's bindings or a trunk's registration changed. */
  registrationChanged(change: RegistrationChange): void;
  /** What a call that is over said and heard in its signalling, oldest first; a second time with what followed its end late. */
  signalled(callId: string, messages: readonly SignallingMessage[]): void;
  readonly prompts: PromptLibrary;
  readonly recordings: RecordingStore;
  readonly faxes: FaxStore;
}

export interface IncomingOffer {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly headers: Headers;
  /** Username of the registered, authenticated phone that calls, or null. */
  readonly phone: string | null;
  /** Name of the trunk that the call came from, or null. */
  readonly trunk: string | null;
  readonly sourceAddress: string;
}

export type Admission =
  /** `token` is handed back by `accept`. */
  | { readonly verdict: 'run'; readonly token: unknown; readonly workspaceId: string }
  /** A registered phone called another phone: ring it, without a scenario. */
  | { readonly verdict: 'phone'; readonly username: string; readonly workspaceId: string }
  | {
      readonly verdict: 'refuse';
      readonly reason: 'not-found' | 'not-published' | 'no-capacity';
      readonly retryAfterS?: number;
    };

export interface PhoneAccount {
  readonly username: string;
  readonly workspaceId: string;
  /** H(username:realm:password), lower-case hex, one for each digest algorithm of RFC 8760 that we offer. */
  readonly ha1: { readonly md5: string; readonly sha256: string };
}

export interface TrunkAccount {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  readonly username: string | null;
  readonly password: string | null;
  readonly register: boolean;
  /** CIDRs from which this trunk's calls come; empty: the host itself. */
  readonly sources: readonly string[];
}

export interface RouteRequest {
  readonly workspaceId: string;
  readonly callId: string;
  readonly to: string;
}
export type Route =
  | { readonly kind: 'phone'; readonly username: string }
  | { readonly kind: 'trunk'; readonly trunk: TrunkAccount; readonly number: string }
  | { readonly kind: 'uri'; readonly uri: string }
  | { readonly kind: 'scenario'; readonly id: string };

export type RegistrationChange =
  | {
      readonly kind: 'phone';
      readonly username: string;
      readonly bindings: readonly { readonly contact: string; readonly expiresAt: number }[];
    }
  | {
      readonly kind: 'trunk';
      readonly id: string;
      readonly state: 'unregistered' | 'registered' | 'failed' | 'static';
      readonly reason?: string;
    };

/** Gives the audio of one prompt part. The same promise is given for the same part (adapters cache by `key`). */
export interface PromptLibrary {
  audio(part: PromptPart, context: PromptContext): Promise<PromptAudio>;
}
export interface PromptContext {
  readonly workspaceId: string;
  readonly callId: string;
  readonly voice?: string | undefined;
  readonly language?: string | undefined;
}
export interface PromptAudio {
  /** Equal keys: equal samples. */
  readonly key: string;
  /** 16-bit signed samples, mono, 8,000 Hz. Never changed by who receives it. */
  readonly pcm: Int16Array;
  /** A tone that is meant to go on for ever (ringback, busy): `pcm` is one period. */
  readonly endless?: boolean;
}

export interface RecordingStore {
  /** Where to write a WAV file (8,000 Hz, 16 bit). `call.recording-exists` (kind `input`) when the name is taken in this call. */
  begin(request: { workspaceId: string; callId: string; name: string }): Promise<{ path: string }>;
  /** The file is complete. */
  commit(request: {
    workspaceId: string;
    callId: string;
    name: string;
    durationMs: number;
    bytes: number;
  }): Promise<void>;
}

export type { CallCause, HangUpCause };
