import { channelError } from '../errors.js';
import type { Prompt, PromptPart } from '../words.js';
import { textOf, type Piece, type Sound } from './sound.js';

/** How long spoken text takes. */
export const MS_PER_CHARACTER = 60;
export const BEEP_MS = 400;
const UNKNOWN_MEDIA_MS = 1_000;

export interface FakeMedia {
  readonly durationMs: number;
  readonly frequency?: number | undefined;
}

export interface FakePromptOptions {
  /** Media files by name, as length in ms or with a pitch. Not given: every name exists and lasts one second. */
  readonly media?: Readonly<Record<string, number | FakeMedia>> | undefined;
  /** False: nothing can speak. */
  readonly speech?: boolean | undefined;
}

/** Knows how long each prompt part lasts and what it sounds like. */
export class FakePrompts {
  readonly #media: ReadonlyMap<string, FakeMedia> | null;
  readonly #speech: boolean;

  constructor({ media, speech = true }: FakePromptOptions = {}) {
    this.#media = media
      ? new Map(
          Object.entries(media).map(([name, file]) => [name, typeof file === 'number' ? { durationMs: file } : file]),
        )
      : null;
    this.#speech = speech;
  }

  /** Throws `media.not-found` or `speech.unavailable`. `recordings` are those of the call, which can be played by name. */
  pieces(prompt: Prompt, recordings: ReadonlyMap<string, FakeMedia>): readonly Piece[] {
    return prompt.map((part) => this.#piece(part, recordings));
  }

  #piece(part: PromptPart, recordings: ReadonlyMap<string, FakeMedia>): Piece {
    const sound = (frequency: number | null = null): Sound => ({ kind: 'prompt', text: textOf(part), frequency });
    if ('silence' in part) return { durationMs: part.silence, sound: null };
    if ('tone' in part) return { durationMs: part.tone === 'beep' ? BEEP_MS : Infinity, sound: sound() };
    if ('say' in part) {
      if (!this.#speech) throw channelError('speech.unavailable');
      return { durationMs: part.say.length * MS_PER_CHARACTER, sound: sound() };
    }
    const file =
      recordings.get(part.play) ?? (this.#media ? this.#media.get(part.play) : { durationMs: UNKNOWN_MEDIA_MS });
    if (!file) throw channelError('media.not-found', { name: part.play });
    return { durationMs: file.durationMs, sound: sound(file.frequency) };
  }
}
