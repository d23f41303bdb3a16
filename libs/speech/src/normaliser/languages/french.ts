import type { CalendarDate, ClockTime, CurrencyNames, Language } from './language.js';

const SMALL =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
    ' ',
  );
const TENS = ' dix vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt'.split(' ');
const MILLIONS: readonly (readonly [number, string])[] = [
  [1e12, 'billion'],
  [1e9, 'milliard'],
  [1e6, 'million'],
];
const MONTHS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');

/** Below a hundred: "vingt et un", "soixante et onze", "quatre-vingts", "quatre-vingt-onze". */
function belowHundred(value: number, last: boolean): string {
  if (value < 20) return SMALL[value] ?? '';
  const ten = Math.floor(value / 10);
  const vigesimal = ten === 7 || ten === 9;
  const rest = vigesimal ? value - (ten - 1) * 10 : value % 10;
  const name = TENS[ten] ?? '';
  if (rest === 0) return value === 80 && last ? 'quatre-vingts' : name;
  return (rest === 1 || rest === 11) && ten < 8 ? `${name} et ${SMALL[rest]}` : `${name}-${SMALL[rest]}`;
}

function belowThousand(value: number, last: boolean): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  if (hundreds === 0) return belowHundred(rest, last);
  const name = hundreds === 1 ? 'cent' : `${SMALL[hundreds]} cent${rest === 0 && last ? 's' : ''}`;
  return rest ? `${name} ${belowHundred(rest, last)}` : name;
}

function cardinal(value: number): string {
  for (const [size, name] of MILLIONS) {
    if (value < size) continue;
    const count = Math.floor(value / size);
    const rest = value % size;
    return `${cardinal(count)} ${name}${count > 1 ? 's' : ''}${rest ? ` ${cardinal(rest)}` : ''}`;
  }
  if (value < 1000) return belowThousand(value, true);
  const thousands = Math.floor(value / 1000);
  const rest = value % 1000;
  return `${thousands === 1 ? '' : `${belowThousand(thousands, false)} `}mille${rest ? ` ${belowThousand(rest, true)}` : ''}`;
}

function ordinal(value: number): string {
  if (value === 1) return 'premier';
  return cardinal(value).replace(/\p{L}+$/u, (last) => {
    if (last === 'cinq') return 'cinquième';
    if (last === 'neuf') return 'neuvième';
    return `${last.replace(/(?:e|(?<=vingt|cent|llion|lliard)s)$/, '')}ième`;
  });
}

function date({ year, month, day }: CalendarDate): string {
  const dayName = day === undefined ? undefined : day === 1 ? 'premier' : cardinal(day);
  return [dayName, month === undefined ? undefined : MONTHS[month - 1], year === undefined ? undefined : cardinal(year)]
    .filter(Boolean)
    .join(' ');
}

/** Hours and minutes are feminine: "une heure vingt et une". */
const feminine = (value: number) => cardinal(value).replace(/(?<!\p{L})un$/u, 'une');

function time({ hour, minute, second }: ClockTime): string {
  const clock = `${feminine(hour)} heure${hour > 1 ? 's' : ''}${minute ? ` ${feminine(minute)}` : ''}`;
  return second === undefined ? clock : `${clock} et ${feminine(second)} seconde${second > 1 ? 's' : ''}`;
}

function money(units: number, cents: number, names: CurrencyNames): string {
  const [one, many, cent, centsName] = names;
  const partitive = units >= 1e6 && units % 1e6 === 0 ? (/^[aeiouy]/i.test(many) ? "d'" : 'de ') : '';
  const whole = `${cardinal(units)} ${partitive}${units > 1 ? many : one}`;
  if (!cents || cent === undefined) return whole;
  const part = `${cardinal(cents)} ${cents > 1 ? centsName : cent}`;
  return units === 0 ? part : `${whole} et ${part}`;
}

export const french: Language = {
  code: 'fr',
  decimalMark: ',',
  groupMarks: ' .\u00a0\u202f',
  ordinalMark: '(?:ère|er|re|ème|e)',
  dateOrder: () => 'dmy',
  words: {
    minus: 'moins',
    plus: 'plus',
    decimal: 'virgule',
    percent: 'pour cent',
    extension: 'poste',
    magnitudes: ['mille', 'millions', 'million', 'milliards', 'milliard'],
  },
  digits: ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
  characters: {
    '.': 'point',
    ',': 'virgule',
    '-': 'tiret',
    _: 'tiret bas',
    '@': 'arobase',
    '#': 'dièse',
    '*': 'étoile',
    '/': 'barre oblique',
    '\\': 'barre oblique inverse',
    '+': 'plus',
    '&': 'et',
    ':': 'deux-points',
    ';': 'point-virgule',
    '=': 'égale',
    '%': 'pour cent',
    '!': "point d'exclamation",
    '?': "point d'interrogation",
    '(': 'parenthèse ouvrante',
    ')': 'parenthèse fermante',
    "'": 'apostrophe',
    '"': 'guillemet',
    $: 'dollar',
    '£': 'livre',
    '€': 'euro',
    '<': 'inférieur à',
    '>': 'supérieur à',
  },
  months: MONTHS,
  currencies: {
    EUR: ['euro', 'euros', 'centime', 'centimes'],
    USD: ['dollar', 'dollars', 'cent', 'cents'],
    GBP: ['livre', 'livres', 'penny', 'pence'],
    JPY: ['yen', 'yens'],
    CHF: ['franc suisse', 'francs suisses', 'centime', 'centimes'],
    PLN: ['zloty', 'zlotys', 'grosz', 'groszy'],
  },
  cardinal,
  ordinal,
  date,
  time,
  money,
  own: [
    {
      pattern: '\\d{1,2}\\s?h\\s?(?:\\d{2})?',
      speak: (match) => {
        const [hour, minute] = match.split(/h/i).map((part) => Number(part.trim() || '0'));
        return hour === undefined || minute === undefined || hour > 23 || minute > 59
          ? undefined
          : time({ hour, minute, twelveHour: false });
      },
    },
  ],
};
