import type { PromptPart } from '../words.js';

/** Something that can be heard. Two sounds are the same only if they are the same object. */
export interface Sound {
  readonly kind: 'prompt' | 'voice' | 'digit';
  /** For people: the words of a text, `[name]` of a media file, `(name)` of a tone, what a voice said, the digit. */
  readonly text: string;
  /** Its pitch, where the test gave it one. */
  readonly frequency: number | null;
}

/** A piece of a prompt: a sound or silence. */
export interface Piece {
  /** `Infinity`: a tone that goes on. */
  readonly durationMs: number;
  readonly sound: Sound | null;
}

/** A sound that somebody heard, and when (ms since the epoch). */
export interface HeardSound {
  readonly sound: Sound;
  readonly from: number;
  /** Null: still heard. */
  readonly to: number | null;
}

/** How long one period of a tone takes. */
const TONE_PERIOD_MS = 1_000;

/** Tones that go on, for one period. */
export const withAnEnd = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.map((piece) => (piece.durationMs === Infinity ? { ...piece, durationMs: TONE_PERIOD_MS } : piece));

export const textOf = (part: PromptPart): string => {
  if ('say' in part) return part.say;
  if ('play' in part) return `[${part.play}]`;
  if ('tone' in part) return `(${part.tone})`;
  return '';
};
