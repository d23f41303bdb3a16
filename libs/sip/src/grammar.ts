import { encodeUtf8, decodeUtf8 } from './bytes.js';

/*
 * The few rules of RFC 3261 section 25.1 that everything else is made of. Every scan is one pass: time grows with the
 * length of the text and with nothing else.
 */

const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

export const isToken = (text: string): boolean => TOKEN.test(text);

/** A whole number without sign, or null. `max` is inclusive. */
export function parseUnsigned(text: string, max: number): number | null {
  if (text.length === 0 || text.length > 20 || !/^[0-9]+$/.test(text)) return null;
  const value = Number(text);
  return value <= max ? value : null;
}

/** Position after the closing quote of the quoted string that begins at `start`, or -1 when it is not closed. */
export function endOfQuoted(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5c) i++;
    else if (c === 0x22) return i + 1;
  }
  return -1;
}

/** The text within the quotes, escapes resolved. */
export function unquote(quoted: string): string {
  if (quoted.length < 2 || quoted[0] !== '"' || quoted[quoted.length - 1] !== '"') return quoted;
  const inner = quoted.slice(1, -1);
  return inner.includes('\\') ? inner.replace(/\\([\s\S])/g, '$1') : inner;
}

export const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/[\r\n]+/g, ' ')}"`;

/**
 * Splits at `separator` wherever it is outside of quotes and angle brackets. Parts are trimmed; null when a quote or a
 * bracket is not closed.
 */
export function splitOutside(text: string, separator: ',' | ';'): string[] | null {
  const code = separator.charCodeAt(0);
  const parts: string[] = [];
  let from = 0;
  let inAngle = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      const end = inAngle ? i + 1 : endOfQuoted(text, i);
      if (end < 0) return null;
      i = end - 1;
    } else if (c === 0x3c) inAngle = true;
    else if (c === 0x3e) inAngle = false;
    else if (c === code && !inAngle) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  if (inAngle) return null;
  parts.push(text.slice(from).trim());
  return parts;
}

const HEX = '0123456789ABCDEF';

/** Resolves %XX escapes (as UTF-8); what is no escape stays as it is. */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  const source = encodeUtf8(text);
  const bytes = new Uint8Array(source.length);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const high = source[i] === 0x25 ? hexValue(source[i + 1]) : -1;
    const low = high >= 0 ? hexValue(source[i + 2]) : -1;
    if (low >= 0) {
      bytes[length++] = high * 16 + low;
      i += 2;
    } else bytes[length++] = source[i]!;
  }
  return decodeUtf8(bytes.subarray(0, length));
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Escapes every byte whose character is not matched by `keep`. */
export function percentEncode(text: string, keep: RegExp): string {
  let out = '';
  for (const char of text) {
    if (char.length === 1 && char.charCodeAt(0) < 0x80 && keep.test(char)) out += char;
    else for (const byte of encodeUtf8(char)) out += `%${HEX[byte >> 4]}${HEX[byte & 15]}`;
  }
  return out;
}
