import { percentDecode } from '../grammar.js';

/**
 * What was dialled, in the one form in which numbers are compared: escapes resolved, full-width characters made ASCII, visual
 * separators (RFC 3966 section 5.1.1 and the dashes and blanks that people paste) removed, `;phone-context` applied.
 * Digits, `*`, `#` and a leading `+` remain. Null for what is not a number.
 */
export function dialledNumber(text: string): string | null {
  const plain = toAscii(percentDecode(text)).trim();
  const semicolon = plain.indexOf(';');
  const number = (semicolon < 0 ? plain : plain.slice(0, semicolon)).replace(SEPARATORS, '');
  if (!/^\+?[0-9*#]+$/.test(number)) return null;
  const context = semicolon < 0 ? null : phoneContext(plain.slice(semicolon));
  // A local number within a global context (`tel:7042;phone-context=+1914555`) is a global number.
  return context !== null && !number.startsWith('+') ? context + number : number;
}

/**
 * E.164 with its `+`, for policy: `00` is the international prefix. What stays without `+` is a number of the local plan
 * (an extension, a national number) and must be judged as such. Null for what is not a number.
 */
export function e164(text: string): string | null {
  const number = dialledNumber(text);
  if (number === null) return null;
  // A prefix twice (`+0044…`, `0000…`) is somebody's attempt to pass a filter: read it as the network would at worst.
  const global = number.startsWith('+') || number.startsWith('00');
  const digits = number.replace(/^\+?(?:00)*/, '');
  return global && digits !== '' ? `+${digits}` : number;
}

const SEPARATORS = /[\s\-.()/\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]/g;

function phoneContext(params: string): string | null {
  const match = /;\s*phone-context\s*=\s*([^;]*)/i.exec(params);
  const value = match?.[1]?.replace(SEPARATORS, '');
  return value !== undefined && /^\+[0-9]+$/.test(value) ? value : null;
}

/** Full-width forms (U+FF01…FF5E) and the digits of other scripts as ASCII. */
function toAscii(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => String(digitValue(digit.codePointAt(0)!)));
}

/** Unicode keeps the ten digits of a script together, in order, from a code point whose predecessor is no digit. */
function digitValue(point: number): number {
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return point - zero;
}
