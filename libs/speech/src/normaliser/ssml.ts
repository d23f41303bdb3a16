import { badSsml } from '../errors.js';
import { MAX_BREAK_MS, MAX_BREAKS_MS, MAX_DEPTH } from './limits.js';
import { positionOf, scanMarkup, type Markup } from './markup.js';
import { changedProsody } from './prosody.js';
import type { Manner } from './segments.js';
import { speakAs, type SayAs } from './say-as.js';

/** Receives a document piece by piece, in order. */
export interface Speaker {
  /** Running text; numbers in it are still figures. */
  text(text: string, manner: Manner): void;
  /** Words that need no further reading. */
  words(words: string, manner: Manner): void;
  endOfSentence(manner: Manner): void;
  pause(ms: number): void;
}

const STRENGTHS: Readonly<Record<string, number>> = {
  none: 0,
  'x-weak': 100,
  weak: 200,
  medium: 400,
  strong: 700,
  'x-strong': 1000,
};
const PARAGRAPH_PAUSE_MS = 400;

/** Elements whose content is spoken as if they were not there. */
const TRANSPARENT = new Set(['emphasis', 'phoneme', 'token', 'w', 'audio', 'mark', 'lookup', 'speak', 'lang']);
/** Elements whose content is about the document. */
const SILENT = new Set(['metadata', 'meta', 'desc', 'lexicon', 'title']);
const KNOWN = new Set([...TRANSPARENT, ...SILENT, 'p', 's', 'break', 'say-as', 'sub', 'prosody', 'voice']);

interface Frame {
  readonly name: string;
  readonly at: number;
  readonly manner: Manner;
  /** The text inside is collected for this `<say-as>`. */
  readonly sayAs?: SayAs;
  /** The text inside is not spoken: a `<sub>`, metadata. */
  readonly silent: boolean;
}

/** Reads SSML 1.1 as far as a telephone needs it and tells the speaker. Throws `speech.bad-ssml` and nothing else. */
export function readSsml(source: string, initial: Manner, speaker: Speaker): void {
  const wrong = (what: string, at: number) => badSsml(what, positionOf(source, at));
  const stack: Frame[] = [];
  let collected = '';
  let breaksMs = 0;
  let rootSeen = false;
  let spokenBefore = false;
  let paragraphDue = false;

  /** A pause stands between paragraphs, and neither before the first nor behind the last. */
  const speak = (said: 'text' | 'words', text: string, manner: Manner, at: number) => {
    if (text.trim()) {
      if (paragraphDue && spokenBefore) pause(PARAGRAPH_PAUSE_MS, at);
      paragraphDue = false;
      spokenBefore = true;
    }
    speaker[said](text, manner);
  };

  const open = (tag: Extract<Markup, { kind: 'open' }>) => {
    const { name, attributes, at } = tag;
    const parent = stack.at(-1);
    if (!parent && (rootSeen || name !== 'speak')) throw wrong(`<${name}> outside <speak>`, at);
    if (parent && name === 'speak') throw wrong('<speak> inside <speak>', at);
    if (stack.length >= MAX_DEPTH) throw wrong(`More than ${MAX_DEPTH} elements inside each other`, at);
    // Elements of somebody's name space (mstts:express-as) are spoken through.
    if (!KNOWN.has(name) && !name.includes(':')) throw wrong(`The unknown element <${name}>`, at);
    rootSeen = true;
    if (parent?.sayAs) throw wrong(`<${name}> inside <say-as>, which holds text alone`, at);

    const attribute = (wanted: string) => {
      const value = attributes.get(wanted)?.trim();
      if (!value) throw wrong(`<${name}> without ${wanted}`, at);
      return value;
    };
    let manner = parent?.manner ?? initial;
    const language = attributes.get('xml:lang')?.trim();
    if (language) {
      if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,4}$/i.test(language)) throw wrong(`"${language}" is not a language`, at);
      manner = { ...manner, language };
    }
    let silent = parent?.silent ?? false;
    const spoken = !silent;
    let sayAs: SayAs | undefined;
    switch (name) {
      case 'p':
      case 's':
        if (spoken) speaker.endOfSentence(parent?.manner ?? manner);
        paragraphDue ||= name === 'p';
        break;
      case 'break':
        if (spoken)
          pause(
            breakMs(attributes, (what) => wrong(what, at)),
            at,
          );
        break;
      case 'say-as':
        sayAs = { interpretAs: attribute('interpret-as'), format: attributes.get('format'), language: manner.language };
        collected = '';
        break;
      case 'sub':
        if (spoken) speak('text', attribute('alias'), manner, at);
        silent = true;
        break;
      case 'prosody': {
        const refuse = (given: string): never => {
          throw wrong(`The ${given} "${attributes.get(given)}" of <prosody> is not understood`, at);
        };
        manner = { ...manner, prosody: changedProsody(manner.prosody, attributes, refuse) };
        break;
      }
      case 'voice': {
        const voice = attributes.get('name')?.trim();
        if (voice) manner = { ...manner, voice };
        break;
      }
      default:
        silent ||= SILENT.has(name);
    }
    stack.push({ name, at, manner, silent, ...(sayAs ? { sayAs } : {}) });
    if (tag.empty) close(name, at);
  };

  const pause = (ms: number, at: number) => {
    breaksMs += ms;
    if (breaksMs > MAX_BREAKS_MS) throw wrong(`Breaks of more than ${MAX_BREAKS_MS / 1000} s in all`, at);
    speaker.pause(ms);
  };

  const close = (name: string, at: number) => {
    const frame = stack.pop();
    if (!frame) throw wrong(`</${name}> closes nothing`, at);
    if (frame.name !== name) throw wrong(`</${name}> where </${frame.name}> is due`, at);
    if (frame.silent) return;
    if (frame.sayAs) speak('words', speakAs(collected, frame.sayAs), frame.manner, at);
    if (name === 's' || name === 'p') speaker.endOfSentence(frame.manner);
    paragraphDue ||= name === 'p';
  };

  for (const markup of scanMarkup(source)) {
    switch (markup.kind) {
      case 'open':
        open(markup);
        break;
      case 'close':
        close(markup.name, markup.at);
        break;
      case 'text': {
        const frame = stack.at(-1);
        if (!frame) {
          if (markup.text.trim()) throw wrong('Text outside <speak>', markup.at);
        } else if (frame.sayAs) collected += markup.text;
        else if (!frame.silent) speak('text', markup.text, frame.manner, markup.at);
      }
    }
  }
  const unclosed = stack.at(-1);
  if (unclosed) throw wrong(`<${unclosed.name}> is never closed: opened`, unclosed.at);
}

function breakMs(attributes: ReadonlyMap<string, string>, wrong: (what: string) => Error): number {
  const time = attributes.get('time')?.trim().toLowerCase();
  if (time !== undefined) {
    const parts = /^\+?(\d{1,6}(?:\.\d{1,3})?|\.\d{1,3})(ms|s)$/.exec(time);
    if (!parts) throw wrong(`The time "${time}" of <break> is not understood (500ms, 1.5s)`);
    const ms = Math.round(Number(parts[1]) * (parts[2] === 's' ? 1000 : 1));
    if (ms > MAX_BREAK_MS) throw wrong(`A <break> of more than ${MAX_BREAK_MS / 1000} s`);
    return ms;
  }
  const strength = attributes.get('strength')?.trim() ?? 'medium';
  const ms = Object.hasOwn(STRENGTHS, strength) ? STRENGTHS[strength] : undefined;
  if (ms === undefined) throw wrong(`The strength "${strength}" of <break> is not known`);
  return ms;
}
