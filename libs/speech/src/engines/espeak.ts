import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '@callwright/kernel';
import { resample } from '../audio/resample.js';
import { readPipedWav } from '../audio/wav.js';
import { engineFailed } from '../errors.js';
import { primaryLanguage } from '../normaliser/languages/index.js';
import type { EngineDetection, SpeechEngine, SpeechVoice, SynthesisRequest } from './engine.js';

const PROGRAM = 'espeak-ng';
const INSTALL = 'install the Debian package espeak-ng';
const TIME_LIMIT_MS = 15_000;
/** Ten minutes at 22.05 kHz, 16 bit. */
const OUTPUT_LIMIT_BYTES = 26_460_000;
/** Its own 175 is brisk for a telephone. */
const WORDS_A_MINUTE = 160;

/** The child sees no secrets of ours. */
const environment = () => ({ PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8' });

/** Some hundred languages, as a child process of its own for each piece (its licence, GPL-3, ends at that border). */
export async function detectEspeak(program = PROGRAM): Promise<EngineDetection> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--voices'], {
      timeout: TIME_LIMIT_MS,
      maxBuffer: 1_000_000,
      env: environment(),
    });
    const catalogue = readVoices(stdout);
    if (catalogue.voices.length === 0) throw new Error('it lists no voices');
    return { engine: new EspeakEngine(program, catalogue) };
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = absent ? `there is no program ${program}` : messageOf(error).split('\n', 1)[0];
    return { engine: undefined, reason: `Speech in other languages than English is off: ${INSTALL} (${why}).` };
  }
}

interface Catalogue {
  readonly voices: readonly SpeechVoice[];
  /** The best voice of a language, lower-case tag to voice name. */
  readonly usual: ReadonlyMap<string, string>;
}

/** Reads the table of `espeak-ng --voices`: `5  fr-fr  --/M  French_(France)  roa/fr  (fr 5)`; a lower first number is preferred. */
export function readVoices(table: string): Catalogue {
  const voices: SpeechVoice[] = [];
  const best = new Map<string, { voice: string; priority: number }>();
  const offer = (language: string, voice: string, priority: number) => {
    const known = best.get(language);
    if (!known || priority < known.priority) best.set(language, { voice, priority });
  };
  for (const line of table.split('\n').slice(1)) {
    const [, priority, tag, others] = /^\s*(\d+)\s+(\S+)\s+\S+\s+\S+\s+\S+\s*(.*)$/.exec(line) ?? [];
    if (!priority || !tag || best.get(tag.toLowerCase())?.voice === tag) continue;
    voices.push({ name: tag, language: tag });
    offer(tag.toLowerCase(), tag, 0);
    for (const [, language, rank] of (others ?? '').matchAll(/\(([\w-]+) (\d+)\)/g)) {
      if (language) offer(language.toLowerCase(), tag, Number(rank));
    }
    // "pt" is spoken by "pt-br" when nothing else claims it.
    offer(primaryLanguage(tag), tag, 1000 + Number(priority));
  }
  return { voices, usual: new Map([...best].map(([language, { voice }]) => [language, voice])) };
}

class EspeakEngine implements SpeechEngine {
  readonly name = 'espeak-ng';
  readonly concurrency = 2;
  readonly voices: readonly SpeechVoice[];
  readonly languages: readonly string[];
  readonly #program: string;
  readonly #usual: ReadonlyMap<string, string>;

  constructor(program: string, { voices, usual }: Catalogue) {
    this.#program = program;
    this.voices = voices;
    this.#usual = usual;
    this.languages = [...usual.keys()];
  }

  voiceFor(language: string): string | undefined {
    const tag = language.toLowerCase().replaceAll('_', '-');
    return this.#usual.get(tag) ?? this.#usual.get(primaryLanguage(tag));
  }

  async synthesise(request: SynthesisRequest, signal: AbortSignal): Promise<Int16Array> {
    signal.throwIfAborted();
    const wav = await this.#run(request, signal);
    if (wav.length === 0) return new Int16Array(0);
    const audio = readPipedWav(wav);
    if (!audio) throw engineFailed(this.name, 'its output is no audio');
    return resample(audio.pcm, audio.rateHz, request.rateHz);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #run({ text, voice, prosody }: SynthesisRequest, signal: AbortSignal): Promise<Uint8Array> {
    const speed = Math.round(Math.min(450, Math.max(80, WORDS_A_MINUTE * prosody.rate)));
    const pitch = Math.round(Math.min(99, Math.max(0, 50 * prosody.pitch)));
    const args = ['--stdin', '--stdout', '-b', '1', '-z', '-v', voice, '-s', String(speed), '-p', String(pitch)];
    return new Promise((resolve, reject) => {
      const child = spawn(this.#program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: environment() });
      const chunks: Buffer[] = [];
      let bytes = 0;
      let complaint = '';
      let failure: Error | undefined;
      const stop = (why: Error) => {
        failure ??= why;
        child.kill('SIGKILL');
      };
      const onAbort = () => stop(signal.reason as Error);
      const late = setTimeout(() => stop(engineFailed(this.name, `no result in ${TIME_LIMIT_MS} ms`)), TIME_LIMIT_MS);
      signal.addEventListener('abort', onAbort, { once: true });
      child.stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > OUTPUT_LIMIT_BYTES) stop(engineFailed(this.name, `more than ${OUTPUT_LIMIT_BYTES} bytes of audio`));
        else chunks.push(chunk);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        complaint = (complaint + chunk.toString()).slice(0, 500);
      });
      // A child that ends before it has read everything says why by its exit code.
      child.stdin.on('error', () => undefined);
      child.on('error', (error) => {
        failure ??= engineFailed(this.name, error.message, error);
      });
      child.on('close', (code) => {
        clearTimeout(late);
        signal.removeEventListener('abort', onAbort);
        if (failure) reject(failure);
        else if (code !== 0) reject(engineFailed(this.name, complaint.trim() || `it ended with code ${code}`));
        else resolve(Buffer.concat(chunks));
      });
      child.stdin.end(withoutPhonemes(text));
    });
  }
}

/** Espeak takes what stands in [[ ]] for phonemes. */
const withoutPhonemes = (text: string): string => text.replaceAll('[[', '[ [');
