import { endOfQuoted, isToken } from './grammar.js';

/** Parameters in the order in which they came. Names are compared without case; null is a parameter without a value. */
export type Params = ReadonlyMap<string, string | null>;

export const NO_PARAMS: Params = new Map();

/**
 * Reads `;name=value;name` (generic-param of RFC 3261 section 25.1). Values keep their quotes.
 * Null when something in it is not a parameter; of a repeated name the first counts.
 */
export function parseParams(text: string): Params | null {
  let at = skipBlank(text, 0);
  if (at === text.length) return NO_PARAMS;
  const params = new Map<string, string | null>();
  while (at < text.length) {
    if (text[at] !== ';') return null;
    at = skipBlank(text, at + 1);
    const nameFrom = at;
    while (at < text.length && !isEnd(text.charCodeAt(at)) && text[at] !== '=') at++;
    const name = text.slice(nameFrom, at).toLowerCase();
    if (!isToken(name)) return null;
    at = skipBlank(text, at);
    let value: string | null = null;
    if (text[at] === '=') {
      at = skipBlank(text, at + 1);
      const from = at;
      if (text[at] === '"') {
        at = endOfQuoted(text, at);
        if (at < 0) return null;
      } else {
        while (at < text.length && !isEnd(text.charCodeAt(at))) at++;
        if (at === from || !VALUE.test(text.slice(from, at))) return null;
      }
      value = text.slice(from, at);
      at = skipBlank(text, at);
    }
    if (!params.has(name)) params.set(name, value);
  }
  return params;
}

/** token, host and what real phones write beside them; never a separator that could change the message. */
const VALUE = /^[^\s;,"<>\u0000-\u001f]+$/;

export function formatParams(params: Params): string {
  let text = '';
  for (const [name, value] of params) text += value === null ? `;${name}` : `;${name}=${value}`;
  return text;
}

const isEnd = (code: number) => code === 0x3b || code === 0x20 || code === 0x09;

function skipBlank(text: string, at: number): number {
  while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at++;
  return at;
}
