import { readDate, readTime } from './dates.js';
import type { Language } from './languages/language.js';
import {
  CURRENCY_SYMBOLS,
  readNumber,
  spokenMoney,
  spokenNumber,
  spokenOrdinal,
  spokenTelephone,
  wholeNumber,
} from './numbers.js';

/** One kind of number that is recognised in running text. */
interface Rule {
  readonly pattern: string;
  speak(match: string, tag: string): string | undefined;
}

/*
 * All patterns of a language are joined into one expression, which is run over the text once. Repetitions that a later part could give back
 * are bounded, so that a text of nothing but digits and dots takes linear time too.
 */
function rulesOf(language: Language): readonly Rule[] {
  const mark = `[${language.decimalMark}]`;
  const group = `[${language.groupMarks}]`;
  const grouped = `[1-9]\\d{0,2}(?:${group}\\d{3}){1,5}(?:${mark}\\d{1,18})?`;
  const number = `(?:${grouped}|\\d{1,18}(?:${mark}\\d{1,18})?)`;
  const symbol = `[${CURRENCY_SYMBOLS}]`;
  const code = `(?:${Object.keys(language.currencies).join('|')})`;
  const magnitude = `(?:\\s(?:${language.words.magnitudes.join('|')}))?`;
  const signed = (pattern: string) => `[-−]?${pattern}`;

  const money = (match: string): string | undefined => {
    const parts = /^([-−]?)(\D*?)\s?([\d., \u00a0\u202f]*\d)(?:\s(\p{L}{4,}))?\s?(\D*)$/u.exec(match);
    const amount = parts?.[3] === undefined ? undefined : readNumber(parts[3], language);
    const currency = parts?.[2] || parts?.[5];
    if (!parts || !amount || !currency) return undefined;
    return spokenMoney({ ...amount, sign: parts[1] ? '-' : '' }, currency.trim(), language, parts[4]);
  };
  const amount = (match: string) => {
    const read = readNumber(match.replace(/\s?%$/, ''), language);
    return read && spokenNumber(read, language) + (match.endsWith('%') ? ` ${language.words.percent}` : '');
  };
  const date = (match: string, tag: string) => {
    const found = readDate(match, undefined, language, tag);
    return found && language.date(found);
  };

  return [
    ...(language.own ?? []),
    { pattern: '\\+\\d(?:[ ()./-]{0,2}\\d){6,18}', speak: (match) => spokenTelephone(match, language) },
    { pattern: '\\d{4}-\\d{2}-\\d{2}', speak: date },
    { pattern: '\\d{1,2}/\\d{1,2}/\\d{4}', speak: date },
    { pattern: '\\d{1,2}\\.\\d{1,2}\\.\\d{4}', speak: date },
    {
      pattern: '\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s?[ap](?:\\.m\\.|m\\b))?|\\d{1,2}\\s?[ap](?:\\.m\\.|m\\b)',
      speak: (match) => {
        const found = readTime(match);
        return found && language.time(found);
      },
    },
    { pattern: signed(`(?:${symbol}\\s?|${code}\\s)${number}${magnitude}`), speak: money },
    { pattern: signed(`${number}${magnitude}\\s?(?:${symbol}|${code}\\b)`), speak: money },
    {
      pattern: `\\d{1,18}${language.ordinalMark}`,
      speak: (match) => spokenOrdinal(/^\d+/.exec(match)?.[0] ?? '', language),
    },
    { pattern: `${signed(grouped)}(?:\\s?%)?`, speak: amount },
    // Versions and addresses: "2.0.1", "10.0.0.1".
    {
      pattern: '\\d{1,6}(?:\\.\\d{1,6}){2,7}',
      speak: (match) =>
        match
          .split('.')
          .map((part) => wholeNumber(part, language))
          .join(` ${language.words.decimal} `),
    },
    { pattern: `${signed(number)}(?:\\s?%)?`, speak: amount },
    { pattern: '\\d{19,}', speak: (match) => wholeNumber(match, language) },
  ];
}

/** Engines drop these without a word. */
const SYMBOLS = /[&@#*+=%<>$£€]/g;

interface Reader {
  readonly pattern: RegExp;
  readonly rules: readonly Rule[];
}
const readers = new Map<Language, Reader>();

function readerOf(language: Language): Reader {
  let reader = readers.get(language);
  if (!reader) {
    const rules = rulesOf(language);
    const alternatives = rules.map((rule) => `(${rule.pattern})`).join('|');
    reader = { rules, pattern: new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'giu') };
    readers.set(language, reader);
  }
  return reader;
}

/**
 * Running text with every number, date, time, amount of money and telephone number in words. What is not one (2026-13-45) keeps its place,
 * and its parts are read as plain numbers.
 */
export function speakPlainText(text: string, language: Language, tag: string): string {
  const { pattern, rules } = readerOf(language);
  const inWords = text.replace(pattern, (match: string, ...groups: unknown[]) => {
    const rule = rules[groups.findIndex((group) => group !== undefined)];
    return rule?.speak(match, tag) ?? match.replace(/\d+/g, (digits) => wholeNumber(digits, language));
  });
  return inWords.replace(SYMBOLS, (symbol) => ` ${language.characters[symbol] ?? symbol} `);
}
