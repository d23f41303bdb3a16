/** The keys of RFC 4733 section 3.2 in the order of their event codes. */
export const DIGITS = '0123456789*#ABCD';

/** Event code 0 … 15 of a key (`a` … `d` too), or -1 for what is none. */
export const eventOfDigit = (digit: string): number => (digit.length === 1 ? DIGITS.indexOf(digit.toUpperCase()) : -1);

/** The keys in a text, in upper case; anything else (blanks, dashes) is left out. */
export const digitsIn = (text: string): string =>
  [...text.toUpperCase()].filter((digit) => eventOfDigit(digit) >= 0).join('');
