import type { Prosody } from '../normaliser/segments.js';

export interface SpeechVoice {
  /** Unique in its engine: `slt`, `de`. */
  readonly name: string;
  /** BCP 47. */
  readonly language: string;
}

/** Words of one voice. No markup: `text` is spoken as it stands. */
export interface SynthesisRequest {
  readonly text: string;
  /** One of the engine's own voices. */
  readonly voice: string;
  readonly language: string;
  /** The engine does speed and pitch; loudness is made afterwards. */
  readonly prosody: Prosody;
  readonly rateHz: 8000;
}

/** A program or a library that speaks. */
export interface SpeechEngine {
  readonly name: string;
  readonly voices: readonly SpeechVoice[];
  /** BCP 47 tags, lower-case: every language that `voiceFor` answers. */
  readonly languages: readonly string[];
  /** So many requests at once make it faster; the service never gives it more. */
  readonly concurrency: number;
  /** The name of the usual voice for a language, or undefined when it is not spoken here. */
  voiceFor(language: string): string | undefined;
  /**
   * Resolves with 16-bit mono samples at `rateHz`, of any level, with whatever silence the engine leaves at the ends. Rejects with
   * `speech.engine-failed`, or with the signal's reason.
   */
  synthesise(request: SynthesisRequest, signal: AbortSignal): Promise<Int16Array>;
  close(): Promise<void>;
}

/** What looking for an engine finds: the engine, or one sentence that says what is missing and what to install. */
export type EngineDetection =
  { readonly engine: SpeechEngine } | { readonly engine: undefined; readonly reason: string };
