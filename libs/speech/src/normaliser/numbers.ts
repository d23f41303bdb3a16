import type { CurrencyNames, Language } from './languages/language.js';

/** Whole numbers of more digits are read digit by digit. */
const LONGEST_NUMBER = 15;

const SYMBOLS: Readonly<Record<string, string>> = { '£': 'GBP', $: 'USD', '€': 'EUR', '¥': 'JPY', '₹': 'INR' };
export const CURRENCY_SYMBOLS = Object.keys(SYMBOLS).join('');

/** A number as written, taken apart; `whole` and `fraction` are digits. */
export interface WrittenNumber {
  readonly sign: '' | '-' | '+';
  readonly whole: string;
  readonly fraction: string;
}

/** "1,234.5" in English, "1.234,5" in German; undefined when it is not a number in that language. */
export function readNumber(text: string, language: Language): WrittenNumber | undefined {
  const parts = /^([-−+]?)([\d., \u00a0\u202f]*)$/.exec(text.trim());
  const body = parts?.[2];
  if (!parts || !body) return undefined;
  const [whole = '', fraction = '', ...more] = body.split(language.decimalMark);
  const digits = [...whole].filter((character) => !language.groupMarks.includes(character)).join('');
  if (more.length > 0 || !/^\d+$/.test(digits) || !/^\d*$/.test(fraction)) return undefined;
  return { sign: parts[1] === '' ? '' : parts[1] === '+' ? '+' : '-', whole: digits, fraction };
}

export const spellDigits = (digits: string, language: Language): string =>
  [...digits].map((digit) => language.digits[Number(digit)] ?? digit).join(' ');

/** A whole number in words. One that begins with a zero is a code, not an amount: digit by digit. */
export function wholeNumber(digits: string, language: Language): string {
  const code = digits.length > 1 && digits.startsWith('0');
  return code || digits.length > LONGEST_NUMBER ? spellDigits(digits, language) : language.cardinal(Number(digits));
}

export function spokenNumber({ sign, whole, fraction }: WrittenNumber, language: Language): string {
  const { words } = language;
  return [
    sign === '-' ? words.minus : sign === '+' ? words.plus : '',
    wholeNumber(whole, language),
    fraction ? `${words.decimal} ${spellDigits(fraction, language)}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

export function spokenOrdinal(digits: string, language: Language): string {
  return digits.length > LONGEST_NUMBER ? spellDigits(digits, language) : language.ordinal(Number(digits));
}

/** ISO 4217 of a symbol or of a code in any case; undefined when the language does not name it. */
function currencyNames(mark: string, language: Language): CurrencyNames | undefined {
  const code = SYMBOLS[mark] ?? mark.toUpperCase();
  return Object.hasOwn(language.currencies, code) ? language.currencies[code] : undefined;
}

/** `mark` is a symbol or an ISO 4217 code; `magnitude` a word of the language ("million"). */
export function spokenMoney(amount: WrittenNumber, mark: string, language: Language, magnitude?: string): string {
  const names = currencyNames(mark, language);
  const fits = amount.whole.length <= LONGEST_NUMBER;
  if (!names || magnitude !== undefined || !fits || amount.fraction.length > 2) {
    const unit = names?.[1] ?? spellCharacters(mark, language);
    return [spokenNumber(amount, language), magnitude, unit].filter(Boolean).join(' ');
  }
  const sign = amount.sign === '-' ? `${language.words.minus} ` : '';
  return sign + language.money(Number(amount.whole), Number(amount.fraction.padEnd(2, '0')), names);
}

/** Letter by letter and digit by digit; characters with a name are named. */
export function spellCharacters(text: string, language: Language | undefined): string {
  return [...text.trim()]
    .map((character) => {
      if (/\s/.test(character)) return ',';
      if (/\d/.test(character)) return language?.digits[Number(character)] ?? character;
      const name =
        language && Object.hasOwn(language.characters, character) ? language.characters[character] : undefined;
      return name ?? character.toUpperCase();
    })
    .join(' ');
}

/** Digit by digit with a pause at every separator: "plus three seven zero, six one two". */
export function spokenTelephone(text: string, language: Language): string {
  const [number = '', extension] = text.trim().split(/\s*(?:;ext=|ext\.?|x)\s*/i);
  const plus = number.startsWith('+') ? `${language.words.plus} ` : '';
  const spoken = plus + groups(number, language);
  return extension ? `${spoken}, ${language.words.extension} ${groups(extension, language)}` : spoken;
}

const groups = (number: string, language: Language): string =>
  (number.match(/[\d*#]+/g) ?? []).map((group) => spellCharacters(group, language)).join(', ');
