import type { CalendarDate, ClockTime, CurrencyNames, Language } from './language.js';

const SMALL =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
    ' ',
  );
const TENS = ' zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ');
const MILLIONS: readonly (readonly [number, one: string, many: string])[] = [
  [1e12, 'eine Billion', 'Billionen'],
  [1e9, 'eine Milliarde', 'Milliarden'],
  [1e6, 'eine Million', 'Millionen'],
];
const IRREGULAR: Readonly<Record<number, string>> = { 1: 'erst', 3: 'dritt', 7: 'siebt', 8: 'acht' };
const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');

/** The number as it stands before another word: "ein", not "eins". */
function joined(value: number): string {
  if (value >= 1000) return `${joined(Math.floor(value / 1000))}tausend${value % 1000 ? joined(value % 1000) : ''}`;
  if (value >= 100) return `${joined(Math.floor(value / 100))}hundert${value % 100 ? joined(value % 100) : ''}`;
  if (value === 1) return 'ein';
  if (value < 20) return SMALL[value] ?? '';
  const ten = TENS[Math.floor(value / 10)] ?? '';
  return value % 10 ? `${joined(value % 10)}und${ten}` : ten;
}

function cardinal(value: number): string {
  for (const [size, one, many] of MILLIONS) {
    if (value < size) continue;
    const count = Math.floor(value / size);
    const rest = value % size;
    return `${count === 1 ? one : `${cardinal(count)} ${many}`}${rest ? ` ${cardinal(rest)}` : ''}`;
  }
  const word = joined(value);
  return value % 100 === 1 ? `${word}s` : word;
}

/** The stem, to which the ending is added: "zwanzigst", "dritt". */
function ordinalStem(value: number): string {
  const end = value % 100;
  const irregular = IRREGULAR[end];
  const whole = irregular === undefined ? value : value - end;
  const word =
    whole > 0 || irregular === undefined
      ? cardinal(whole)
          .replaceAll(' ', '')
          .toLowerCase()
          .replace(/^eine(?=[mb])/, 'ein')
      : '';
  return word + (irregular ?? (end > 0 && end < 20 ? 't' : 'st'));
}

function year(value: number): string {
  if (value < 1100 || value > 1999) return cardinal(value);
  return `${joined(Math.floor(value / 100))}hundert${value % 100 ? cardinal(value % 100) : ''}`;
}

function date({ year: y, month, day }: CalendarDate, ending = 'er'): string {
  const name = month === undefined ? undefined : MONTHS[month - 1];
  return [day === undefined ? undefined : ordinalStem(day) + ending, name, y === undefined ? undefined : year(y)]
    .filter(Boolean)
    .join(' ');
}

function time({ hour, minute, second }: ClockTime): string {
  const clock = `${joined(hour)} Uhr${minute ? ` ${cardinal(minute)}` : ''}`;
  return second === undefined
    ? clock
    : `${clock} und ${second === 1 ? 'eine Sekunde' : `${cardinal(second)} Sekunden`}`;
}

function money(units: number, cents: number, names: CurrencyNames): string {
  const [one, many, cent, centsName] = names;
  const whole = units === 1 ? `ein ${one}` : `${cardinal(units)} ${many}`;
  if (!cents || cent === undefined) return whole;
  const part = cents === 1 ? `ein ${cent}` : `${cardinal(cents)} ${centsName}`;
  return units === 0 ? part : `${whole} und ${part}`;
}

const DATIVE = /^(?:am|vom|zum|beim|dem|den|ab|seit|bis)$/i;
const ARTICLE = /^(?:der|die|das)$/i;
const WRITTEN_DATE = new RegExp(
  `^(?:(\\p{L}+)\\s)?(\\d{1,2})\\.\\s?(?:(\\d{1,2})\\.|(${MONTHS.join('|')}))(?:\\s?(\\d{4}))?$`,
  'iu',
);

/** "am 20. November 2026", "der 3.11.2026": the ending follows the word before it. */
function writtenDate(match: string): string | undefined {
  const [, before, day, monthNumber, monthName, yearText] = WRITTEN_DATE.exec(match) ?? [];
  const month =
    monthName === undefined
      ? Number(monthNumber)
      : MONTHS.findIndex((name) => name.toLowerCase() === monthName.toLowerCase()) + 1;
  if (Number(day) < 1 || Number(day) > 31 || month < 1 || month > 12) return undefined;
  const ending = before === undefined ? 'er' : DATIVE.test(before) ? 'en' : ARTICLE.test(before) ? 'e' : 'er';
  const spoken = date(
    { day: Number(day), month, ...(yearText === undefined ? {} : { year: Number(yearText) }) },
    ending,
  );
  return before === undefined ? spoken : `${before} ${spoken}`;
}

export const german: Language = {
  code: 'de',
  decimalMark: ',',
  groupMarks: '.\u00a0\u202f',
  ordinalMark: '(?:ter|te|ten|tes)',
  dateOrder: () => 'dmy',
  words: {
    minus: 'minus',
    plus: 'plus',
    decimal: 'Komma',
    percent: 'Prozent',
    extension: 'Durchwahl',
    magnitudes: ['Tausend', 'Millionen', 'Million', 'Milliarden', 'Milliarde'],
  },
  digits: ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
  characters: {
    '.': 'Punkt',
    ',': 'Komma',
    '-': 'Bindestrich',
    _: 'Unterstrich',
    '@': 'ät',
    '#': 'Raute',
    '*': 'Stern',
    '/': 'Schrägstrich',
    '\\': 'Rückstrich',
    '+': 'plus',
    '&': 'und',
    ':': 'Doppelpunkt',
    ';': 'Strichpunkt',
    '=': 'gleich',
    '%': 'Prozent',
    '!': 'Ausrufezeichen',
    '?': 'Fragezeichen',
    '(': 'Klammer auf',
    ')': 'Klammer zu',
    "'": 'Apostroph',
    '"': 'Anführungszeichen',
    $: 'Dollar',
    '£': 'Pfund',
    '€': 'Euro',
    '<': 'kleiner als',
    '>': 'größer als',
  },
  months: MONTHS.map((name) => name.toLowerCase()),
  currencies: {
    EUR: ['Euro', 'Euro', 'Cent', 'Cent'],
    USD: ['Dollar', 'Dollar', 'Cent', 'Cent'],
    GBP: ['Pfund', 'Pfund', 'Penny', 'Pence'],
    JPY: ['Yen', 'Yen'],
    CHF: ['Franken', 'Franken', 'Rappen', 'Rappen'],
    PLN: ['Zloty', 'Zloty', 'Grosz', 'Groszy'],
  },
  cardinal,
  ordinal: (value) => `${ordinalStem(value)}er`,
  date,
  time,
  money,
  own: [
    {
      pattern: '\\d{1,2}(?:[:.]\\d{2})?\\s?Uhr',
      speak: (match) => {
        const [hour = 0, minute = 0] = (match.match(/\d+/g) ?? []).map(Number);
        return hour > 23 || minute > 59 ? undefined : time({ hour, minute, twelveHour: false });
      },
    },
    {
      pattern: `(?:(?:am|vom|zum|beim|dem|den|ab|seit|bis|der|die|das)\\s)?\\d{1,2}\\.\\s?(?:\\d{1,2}\\.\\s?\\d{4}|(?:${MONTHS.join('|')})(?:\\s\\d{4})?)`,
      speak: writtenDate,
    },
  ],
};
