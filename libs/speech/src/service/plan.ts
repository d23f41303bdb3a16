import { createHash } from 'node:crypto';
import type { SpeechEngine } from '../engines/engine.js';
import type { Segment, TextSegment } from '../normaliser/segments.js';
import { RATE_HZ } from '../audio/level.js';

/** Spoken in one breath: the piece that an engine is given. */
export interface Piece {
  readonly kind: 'piece';
  readonly engine: SpeechEngine;
  readonly voice: string;
  readonly segment: TextSegment;
}
export interface Pause {
  readonly kind: 'pause';
  readonly ms: number;
}
/** Everything that settles how a prompt sounds. */
export type Plan = readonly (Piece | Pause)[];

/** Raised when the sound of the same plan changes: cached prompts of before are not found any more. */
const SOUND_VERSION = 1;
/** Characters; some 13 s of speech, which are resampled and levelled in less than 20 ms. */
const LONGEST_PIECE = 200;
const SENTENCE_PAUSE_MS = 250;
const PHRASE_PAUSE_MS = 60;

/** Long texts are cut, so that a thread is never long at one piece and a prompt that nobody wants any more ends soon. */
export function planOf(
  segments: readonly Segment[],
  choose: (segment: TextSegment) => { engine: SpeechEngine; voice: string },
): Plan {
  const plan: (Piece | Pause)[] = [];
  for (const segment of segments) {
    if (segment.kind === 'break') {
      plan.push({ kind: 'pause', ms: segment.ms });
      continue;
    }
    const chosen = choose(segment);
    for (const text of breaths(segment.text)) {
      const before = plan.at(-1);
      if (before?.kind === 'piece') {
        plan.push({ kind: 'pause', ms: /[.!?…]$/.test(before.segment.text) ? SENTENCE_PAUSE_MS : PHRASE_PAUSE_MS });
      }
      plan.push({ kind: 'piece', ...chosen, segment: { ...segment, text } });
    }
  }
  return plan;
}

/** Cuts behind the last sentence that fits, else behind a comma, else between words, else anywhere. */
export function breaths(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > LONGEST_PIECE) {
    const head = rest.slice(0, LONGEST_PIECE);
    const end =
      lastEnd(head, /[.!?…;:。！？](?=\s)/g) ??
      lastEnd(head, /[,，、](?=\s)/g) ??
      lastEnd(head, /\S(?=\s)/g) ??
      wholeCharacters(head);
    found.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trimStart();
  }
  if (rest) found.push(rest);
  return found;
}

function lastEnd(text: string, pattern: RegExp): number | undefined {
  let end: number | undefined;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

const wholeCharacters = (text: string): number => text.length - (/[\ud800-\udbff]$/.test(text) ? 1 : 0);

/** Equal keys: equal samples. */
export function keyOf(plan: Plan): string {
  const facts = plan.map((part) =>
    part.kind === 'pause'
      ? part.ms
      : [part.engine.name, part.voice, part.segment.language.toLowerCase(), part.segment.prosody, part.segment.text],
  );
  return createHash('sha256')
    .update(JSON.stringify([SOUND_VERSION, RATE_HZ, facts]))
    .digest('hex');
}
