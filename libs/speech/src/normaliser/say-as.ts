import { readDate, readTime } from './dates.js';
import { languageOf } from './languages/index.js';
import type { Language } from './languages/language.js';
import {
  CURRENCY_SYMBOLS,
  readNumber,
  spellCharacters,
  spokenMoney,
  spokenNumber,
  spokenOrdinal,
  spokenTelephone,
} from './numbers.js';
import { speakPlainText } from './plain-text.js';

export interface SayAs {
  readonly interpretAs: string;
  readonly format?: string | undefined;
  /** BCP 47 of the place in the document. */
  readonly language: string;
}

type Interpreter = (content: string, language: Language, sayAs: SayAs) => string | undefined;

const cardinal: Interpreter = (content, language) => {
  const number = readNumber(content, language);
  return number && spokenNumber(number, language);
};

const INTERPRETERS: Readonly<Record<string, Interpreter>> = {
  date: (content, language, { format, language: tag }) => {
    const date = readDate(content, format?.toLowerCase(), language, tag);
    return date && language.date(date);
  },
  time: (content, language, { format }) => {
    const time = readTime(content, format?.toLowerCase());
    return time && language.time(time);
  },
  ordinal: (content, language) => {
    const digits = /^\s*(\d+)\s*(?:\p{L}{1,3}|\.)?\s*$/u.exec(content)?.[1];
    return digits === undefined ? undefined : spokenOrdinal(digits, language);
  },
  cardinal,
  number: (content, language, sayAs) => {
    const kind = sayAs.format?.toLowerCase() ?? 'cardinal';
    const interpreter = kind === 'number' || !Object.hasOwn(INTERPRETERS, kind) ? undefined : INTERPRETERS[kind];
    return (interpreter ?? cardinal)(content, language, sayAs);
  },
  currency: (content, language, { format }) => {
    const parts = new RegExp(
      `^\\s*(-?)\\s*([${CURRENCY_SYMBOLS}]|[a-z]{3})?\\s*([\\d.,]*\\d)\\s*([${CURRENCY_SYMBOLS}]|[a-z]{3})?\\s*$`,
      'i',
    ).exec(content);
    const mark = parts?.[2] ?? parts?.[4] ?? format;
    const amount = parts?.[3] === undefined ? undefined : amountOf(parts[3], language);
    return parts && mark && amount ? spokenMoney({ ...amount, sign: parts[1] ? '-' : '' }, mark, language) : undefined;
  },
  telephone: (content, language) => spokenTelephone(content, language) || undefined,
};

/** Data has its cents behind a dot whatever the language of the prompt is ("10.50"); the language's own way wins when both would do. */
function amountOf(text: string, language: Language) {
  const dotted = /^(\d+)\.(\d{1,2})$/.exec(text);
  if (dotted) return { sign: '' as const, whole: dotted[1] ?? '', fraction: dotted[2] ?? '' };
  return readNumber(text, language);
}

const SPELLED = new Set(['characters', 'character', 'spell-out', 'verbatim', 'digits', 'digit']);

/**
 * The words for the content of a `<say-as>`. Content that is not what it is said to be (a call's data may be anything) and kinds that are
 * not known are read as plain text. Languages without rules of ours spell; the rest is left to the engine.
 */
export function speakAs(content: string, sayAs: SayAs): string {
  const language = languageOf(sayAs.language);
  const kind = sayAs.interpretAs.toLowerCase().replace(/^vxml:/, '');
  if (SPELLED.has(kind)) return spellCharacters(content, language);
  if (!language) return content;
  const interpreter = Object.hasOwn(INTERPRETERS, kind) ? INTERPRETERS[kind] : undefined;
  return interpreter?.(content, language, sayAs) ?? speakPlainText(content, language, sayAs.language);
}
