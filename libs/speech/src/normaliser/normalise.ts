import { tooLong } from '../errors.js';
import { languageOf } from './languages/index.js';
import { MAX_CHARACTERS, MAX_SPOKEN_CHARACTERS } from './limits.js';
import { speakPlainText } from './plain-text.js';
import { PLAIN_PROSODY, type BreakSegment, type Manner, type Segment, type TextSegment } from './segments.js';
import { readSsml, type Speaker } from './ssml.js';

/**
 * Turns a prompt's text into what an engine is to speak: plain text, or SSML when it begins with `<speak`. Numbers, dates, times, amounts and
 * telephone numbers become words of the language (BCP 47), markup becomes breaks and manners. Neighbours of one manner are one segment;
 * no segment is empty. Linear in the length of the text.
 *
 * Throws `speech.bad-ssml` with the position, or `speech.too-long`; both of kind `input`, and nothing else.
 */
export function normalise(text: string, language: string): Segment[] {
  if (text.length > MAX_CHARACTERS) throw tooLong(text.length, MAX_CHARACTERS);
  const manner: Manner = { language, voice: undefined, prosody: PLAIN_PROSODY };
  const collector = new Collector();
  const source = text.replace(/^\ufeff?\s*/, '');
  if (/^(?:<\?xml\b|<speak[\s/>])/.test(source)) readSsml(source, manner, collector);
  else collector.text(text, manner);
  const segments = collector.finish();
  const spoken = segments.reduce((sum, segment) => sum + (segment.kind === 'text' ? segment.text.length : 0), 0);
  if (spoken > MAX_SPOKEN_CHARACTERS) throw tooLong(spoken, MAX_SPOKEN_CHARACTERS);
  return segments;
}

/** Soft hyphens, direction marks and other characters that only a printer needs. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]/g;
/** Blanks, control characters (a NUL would end the text of an engine written in C), half characters. */
const BLANK = /[\p{Cc}\p{Co}\p{Cs}\s]+/gu;

/** Puts the pieces of a document together: one segment for neighbours of one manner, one for neighbouring breaks. */
class Collector implements Speaker {
  readonly #segments: Segment[] = [];
  #manner: Manner | undefined;
  #pieces: string[] = [];
  #raw = '';

  text(text: string, manner: Manner): void {
    this.#turnTo(manner);
    this.#raw += text;
  }

  words(words: string, manner: Manner): void {
    this.#turnTo(manner);
    this.#readRaw();
    // A blank on both sides: "on<say-as …>1</say-as>," is two words and a comma.
    this.#pieces.push(` ${words} `);
  }

  endOfSentence(manner: Manner): void {
    this.#turnTo(manner);
    this.#readRaw();
    const before = this.#pieces.at(-1)?.trimEnd();
    if (before && !/[.!?:;…]$/.test(before)) this.#pieces.push('. ');
  }

  pause(ms: number): void {
    this.#endText();
    if (ms === 0) return;
    const last = this.#segments.at(-1);
    if (last?.kind === 'break')
      this.#segments[this.#segments.length - 1] = { kind: 'break', ms: last.ms + ms } satisfies BreakSegment;
    else this.#segments.push({ kind: 'break', ms });
  }

  finish(): Segment[] {
    this.#endText();
    return this.#segments;
  }

  #turnTo(manner: Manner): void {
    if (this.#manner && !sameManner(this.#manner, manner)) this.#endText();
    this.#manner = manner;
  }

  /** Text is read as a whole, so that an element in the middle of it splits no number. */
  #readRaw(): void {
    if (!this.#raw || !this.#manner) return;
    const clean = this.#raw
      .replace(INVISIBLE, '')
      .replace(BLANK, (blank) => (/^[\u00a0\u202f]$/.test(blank) ? blank : ' '));
    const rules = languageOf(this.#manner.language);
    this.#pieces.push(rules ? speakPlainText(clean, rules, this.#manner.language) : clean);
    this.#raw = '';
  }

  #endText(): void {
    this.#readRaw();
    const manner = this.#manner;
    const text = tidy(this.#pieces.join(''));
    this.#pieces = [];
    this.#manner = undefined;
    if (manner && /[\p{L}\p{N}\p{S}]/u.test(text))
      this.#segments.push({ kind: 'text', text, ...manner } satisfies TextSegment);
  }
}

const sameManner = (one: Manner, other: Manner): boolean =>
  one === other ||
  (one.language === other.language &&
    one.voice === other.voice &&
    one.prosody.rate === other.prosody.rate &&
    one.prosody.pitch === other.prosody.pitch &&
    one.prosody.volumeDb === other.prosody.volumeDb);

const tidy = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(BLANK, ' ')
    .replace(/ (?=[,.;:!?](?:\s|$))/g, '')
    .trim();
