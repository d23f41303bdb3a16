import { isCallwrightError, messageOf, type CallwrightError } from '@callwright/kernel';
import { levelled, RATE_HZ, samplesOf, trimSilence } from '../audio/level.js';
import { DiskCache } from '../cache/disk-cache.js';
import { MemoryCache } from '../cache/memory-cache.js';
import type { SpeechEngine, SpeechVoice } from '../engines/engine.js';
import { busy, engineFailed, timedOut } from '../errors.js';
import { normalise } from '../normaliser/normalise.js';
import { Limiter } from './limiter.js';
import { keyOf, planOf, type Piece, type Plan } from './plan.js';
import { SharedJob } from './shared-job.js';
import { VoiceBook } from './voices.js';

/** Silence in front of the first word: a media path that opens late takes this and not the word. */
const LEAD_IN_MS = 40;

export interface SpeechServiceOptions {
  /** In the order in which they are asked. */
  readonly engines: readonly SpeechEngine[];
  /** A sentence for each engine that was looked for and is not there. */
  readonly missing?: readonly string[];
  /** Folder of the prompt cache; undefined: memory alone. */
  readonly cacheDirectory?: string | undefined;
  readonly diskLimitBytes?: number;
  readonly memoryLimitBytes?: number;
  /** For a caller on the phone; preparing ahead has ten times as long. */
  readonly timeoutMs?: number;
  /** So many pieces may wait for an engine; then `speech.busy`. */
  readonly maxWaiting?: number;
  readonly defaultLanguage?: string;
  /** Hears of faults that keep no prompt from being spoken: a broken cache, an engine that failed before another one spoke. */
  readonly onProblem?: (problem: CallwrightError) => void;
}

export interface SpeakOptions {
  /** BCP 47; SSML may change it on the way. */
  readonly language?: string | undefined;
  readonly voice?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Has the shape of the contract's `PromptAudio`. */
export interface SpokenPrompt {
  /** Equal keys: equal samples. */
  readonly key: string;
  /** 16-bit mono samples, 8,000 Hz; shared, never to be changed. Empty when the text holds nothing that can be said. */
  readonly pcm: Int16Array;
}

export interface PromptText {
  readonly text: string;
  readonly language?: string | undefined;
  readonly voice?: string | undefined;
}

export interface Preparation {
  readonly ready: number;
  readonly failed: readonly { readonly prompt: PromptText; readonly error: CallwrightError }[];
}

/** Turns the text of prompts into audio and remembers it. */
export class SpeechService {
  readonly #book: VoiceBook;
  readonly #limiters: ReadonlyMap<SpeechEngine, Limiter>;
  readonly #memory: MemoryCache;
  readonly #disk: DiskCache | undefined;
  readonly #jobs = new Map<string, SharedJob<SpokenPrompt>>();
  readonly #timeoutMs: number;
  readonly #maxWaiting: number;
  readonly #defaultLanguage: string;
  readonly #report: (problem: CallwrightError) => void;

  constructor(options: SpeechServiceOptions) {
    this.#book = new VoiceBook(options.engines, options.missing ?? []);
    this.#limiters = new Map(options.engines.map((engine) => [engine, new Limiter(engine.concurrency)]));
    this.#memory = new MemoryCache(options.memoryLimitBytes ?? 64 * 2 ** 20);
    this.#report = options.onProblem ?? (() => undefined);
    this.#disk =
      options.cacheDirectory === undefined
        ? undefined
        : new DiskCache({
            directory: options.cacheDirectory,
            limitBytes: options.diskLimitBytes ?? 512 * 2 ** 20,
            onProblem: this.#report,
          });
    this.#timeoutMs = options.timeoutMs ?? 20_000;
    this.#maxWaiting = options.maxWaiting ?? 1000;
    this.#defaultLanguage = options.defaultLanguage ?? 'en';
  }

  /** Whether anything can be spoken, and what is missing, for `/api/version` and the start-up log. */
  get availability(): { readonly available: boolean; readonly reason?: string } {
    const reason = this.#book.reasons.join(' ');
    return { available: this.#book.engines.length > 0, ...(reason ? { reason } : {}) };
  }

  get voices(): readonly (SpeechVoice & { readonly engine: string })[] {
    return this.#book.voices;
  }

  hasVoice(name: string): boolean {
    return this.#book.has(name);
  }

  /**
   * The audio of a text (plain, or SSML in `<speak>`). Equal texts are synthesised once, however many ask. Rejects with `speech.bad-ssml`,
   * `speech.too-long`, `speech.unavailable`, `speech.unknown-language`, `speech.timeout`, `speech.busy`, `speech.engine-failed`, or the signal's reason.
   */
  speak(text: string, options: SpeakOptions = {}): Promise<SpokenPrompt> {
    return this.#speak({ text, ...options }, { urgent: true, timeoutMs: this.#timeoutMs, signal: options.signal });
  }

  /** Synthesises ahead, behind everything that a call waits for. Rejects with the signal's reason alone; a text that fails is told. */
  async prepare(prompts: readonly PromptText[], signal?: AbortSignal): Promise<Preparation> {
    const failed: { prompt: PromptText; error: CallwrightError }[] = [];
    for (const prompt of prompts) {
      try {
        await this.#speak(prompt, { urgent: false, timeoutMs: 10 * this.#timeoutMs, signal });
      } catch (error) {
        if (signal?.aborted || !isCallwrightError(error)) throw error;
        failed.push({ prompt, error });
      }
    }
    return { ready: prompts.length - failed.length, failed };
  }

  async close(): Promise<void> {
    await Promise.all(this.#book.engines.map((engine) => engine.close()));
  }

  async #speak(
    { text, language, voice }: PromptText,
    waiting: { urgent: boolean; timeoutMs: number; signal: AbortSignal | undefined },
  ): Promise<SpokenPrompt> {
    waiting.signal?.throwIfAborted();
    const segments = normalise(text, language || this.#defaultLanguage);
    const plan = planOf(
      segments,
      (segment) => this.#book.choices({ language: segment.language, voice: segment.voice ?? voice })[0],
    );
    const key = keyOf(plan);
    const known = this.#memory.get(key);
    if (known) return { key, pcm: known };
    let job = this.#jobs.get(key);
    if (!job || job.abandoned) {
      const started = new SharedJob((signal, urgent) =>
        this.#make(key, plan, signal, urgent).finally(() => {
          if (this.#jobs.get(key) === started) this.#jobs.delete(key);
        }),
      );
      job = started;
      this.#jobs.set(key, started);
    }
    return job.wait({ ...waiting, timeout: () => timedOut(waiting.timeoutMs) });
  }

  async #make(key: string, plan: Plan, signal: AbortSignal, urgent: () => boolean): Promise<SpokenPrompt> {
    const stored = await this.#disk?.get(key);
    if (stored) {
      this.#memory.set(key, stored);
      return { key, pcm: stored };
    }
    const spoken: { part: Plan[number]; pcm: Int16Array }[] = [];
    for (const part of plan) {
      if (part.kind === 'pause') spoken.push({ part, pcm: new Int16Array(samplesOf(part.ms)) });
      else spoken.push(await this.#speakPiece(part, signal, urgent));
    }
    const pcm = joined(spoken.map((one) => one.pcm));
    // When another engine had to help out, it is another prompt: the next one tries the first engine again.
    const made = keyOf(spoken.map((one) => one.part));
    if (made === key) {
      this.#memory.set(key, pcm);
      await this.#disk?.set(key, pcm);
    }
    return { key: made, pcm };
  }

  /** Asks one engine after the other. */
  async #speakPiece(
    piece: Piece,
    signal: AbortSignal,
    urgent: () => boolean,
  ): Promise<{ part: Piece; pcm: Int16Array }> {
    const { segment } = piece;
    const others = this.#book.choices(segment).filter(({ engine }) => engine !== piece.engine);
    const failures: string[] = [];
    for (const { engine, voice } of [piece, ...others]) {
      const limiter = this.#limiters.get(engine);
      if (!limiter) continue;
      if (limiter.waiting >= this.#maxWaiting) throw busy(limiter.waiting);
      const request = {
        text: segment.text,
        voice,
        language: segment.language,
        prosody: segment.prosody,
        rateHz: RATE_HZ,
      } as const;
      try {
        const raw = await limiter.run(() => engine.synthesise(request, signal), urgent, signal);
        return { part: { ...piece, engine, voice }, pcm: levelled(trimSilence(raw), segment.prosody.volumeDb) };
      } catch (error) {
        signal.throwIfAborted();
        failures.push(messageOf(error));
        this.#report(isCallwrightError(error) ? error : engineFailed(engine.name, messageOf(error), error));
      }
    }
    throw engineFailed('speech', failures.join(' '));
  }
}

function joined(parts: readonly Int16Array[]): Int16Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length === 0) return new Int16Array(0);
  const lead = samplesOf(LEAD_IN_MS);
  const pcm = new Int16Array(lead + length);
  let at = lead;
  for (const part of parts) {
    pcm.set(part, at);
    at += part.length;
  }
  return pcm;
}
