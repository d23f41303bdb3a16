import type { CalendarDate, ClockTime, CurrencyNames, Language } from './language.js';

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ' ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: readonly (readonly [number, string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
];
const IRREGULAR: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

function cardinal(value: number): string {
  for (const [size, name] of SCALES) {
    if (value < size) continue;
    const rest = value % size;
    return `${cardinal(Math.floor(value / size))} ${name}${rest ? ` ${cardinal(rest)}` : ''}`;
  }
  if (value < 20) return SMALL[value] ?? '';
  const ten = TENS[Math.floor(value / 10)] ?? '';
  return value % 10 ? `${ten}-${SMALL[value % 10]}` : ten;
}

function ordinal(value: number): string {
  return cardinal(value).replace(/[a-z]+$/, (last) => {
    const irregular = IRREGULAR[last];
    if (irregular) return irregular;
    return last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`;
  });
}

/** 1905: "nineteen oh five"; 2005: "two thousand five"; 2026: "twenty twenty-six". */
function year(value: number): string {
  const century = Math.floor(value / 100);
  const rest = value % 100;
  if (value < 1000 || value > 9999 || century % 10 === 0) {
    return value >= 2010 && value < 2100 ? `${cardinal(century)} ${cardinal(rest)}` : cardinal(value);
  }
  if (rest === 0) return `${cardinal(century)} hundred`;
  return `${cardinal(century)} ${rest < 10 ? 'oh ' : ''}${cardinal(rest)}`;
}

function date({ year: y, month, day }: CalendarDate): string {
  const name = month === undefined ? undefined : MONTHS[month - 1];
  const dayOfMonth = [name, day === undefined ? undefined : ordinal(day)].filter(Boolean).join(' ');
  if (y === undefined) return dayOfMonth;
  if (!dayOfMonth) return year(y);
  return day === undefined ? `${dayOfMonth} ${year(y)}` : `${dayOfMonth}, ${year(y)}`;
}

function time({ hour, minute, second, twelveHour }: ClockTime): string {
  const shown = twelveHour ? hour % 12 || 12 : hour;
  const half = twelveHour ? (hour < 12 ? ' A M' : ' P M') : '';
  const seconds = second === undefined ? '' : ` and ${cardinal(second)} second${second === 1 ? '' : 's'}`;
  if (minute > 0) return `${cardinal(shown)} ${minute < 10 ? 'oh ' : ''}${cardinal(minute)}${seconds}${half}`;
  if (half) return `${cardinal(shown)}${seconds}${half}`;
  if (shown === 0) return `midnight${seconds}`;
  return shown <= 12 ? `${cardinal(shown)} o'clock${seconds}` : `${cardinal(shown)} hundred${seconds}`;
}

function money(units: number, cents: number, names: CurrencyNames): string {
  const [one, many, cent, centsName] = names;
  const whole = `${cardinal(units)} ${units === 1 ? one : many}`;
  if (!cents || cent === undefined) return whole;
  const part = `${cardinal(cents)} ${cents === 1 ? cent : centsName}`;
  return units === 0 ? part : `${whole} and ${part}`;
}

export const english: Language = {
  code: 'en',
  decimalMark: '.',
  groupMarks: ',',
  ordinalMark: '(?:st|nd|rd|th)',
  dateOrder: (tag) => (/^en-us\b/i.test(tag) ? 'mdy' : 'dmy'),
  words: {
    minus: 'minus',
    plus: 'plus',
    decimal: 'point',
    percent: 'percent',
    extension: 'extension',
    magnitudes: ['thousand', 'million', 'billion', 'trillion'],
  },
  digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  characters: {
    '.': 'dot',
    ',': 'comma',
    '-': 'dash',
    _: 'underscore',
    '@': 'at',
    '#': 'hash',
    '*': 'star',
    '/': 'slash',
    '\\': 'backslash',
    '+': 'plus',
    '&': 'and',
    ':': 'colon',
    ';': 'semicolon',
    '=': 'equals',
    '%': 'percent',
    '!': 'exclamation mark',
    '?': 'question mark',
    '(': 'open bracket',
    ')': 'close bracket',
    "'": 'apostrophe',
    '"': 'quote',
    $: 'dollar',
    '£': 'pound',
    '€': 'euro',
    '<': 'less than',
    '>': 'greater than',
  },
  months: MONTHS.map((name) => name.toLowerCase()),
  currencies: {
    GBP: ['pound', 'pounds', 'penny', 'pence'],
    USD: ['dollar', 'dollars', 'cent', 'cents'],
    EUR: ['euro', 'euros', 'cent', 'cents'],
    JPY: ['yen', 'yen'],
    CHF: ['Swiss franc', 'Swiss francs', 'centime', 'centimes'],
    PLN: ['zloty', 'zlotys', 'grosz', 'groszy'],
    SEK: ['Swedish krona', 'Swedish kronor', 'ore', 'ore'],
    CAD: ['Canadian dollar', 'Canadian dollars', 'cent', 'cents'],
    AUD: ['Australian dollar', 'Australian dollars', 'cent', 'cents'],
    INR: ['rupee', 'rupees', 'paisa', 'paise'],
  },
  cardinal,
  ordinal,
  date,
  time,
  money,
  own: [{ pattern: '24/7', speak: () => 'twenty-four seven' }],
};
