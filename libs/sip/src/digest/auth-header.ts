import { isToken, quote, splitOutside, unquote } from '../grammar.js';

/** Scheme and parameters of WWW-Authenticate, Authorization and their proxy siblings. */
export interface AuthHeader {
  /** Lower case. */
  readonly scheme: string;
  /** Names in lower case, values without quotes. */
  readonly params: ReadonlyMap<string, string>;
}

/** Null for what cannot be read. A scheme without readable parameters has none. */
export function readAuthHeader(value: string): AuthHeader | null {
  const match = /^([^\s,="]+)(?:[ \t]+|$)/.exec(value);
  if (!match || !isToken(match[1]!)) return null;
  const scheme = match[1]!.toLowerCase();
  const params = new Map<string, string>();
  if (scheme !== 'digest') return { scheme, params };
  const parts = splitOutside(value.slice(match[0].length), ',');
  if (!parts) return null;
  for (const part of parts) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const text = part.slice(equals + 1).trim();
    if (!isToken(name) || params.has(name) || /[\r\n]/.test(text)) return null;
    params.set(name, unquote(text));
  }
  return { scheme, params };
}

/** Parameters that are written without quotes (RFC 7616). */
const BARE = new Set(['algorithm', 'nc', 'stale']);

/** `qop` is quoted in a challenge and bare in its answer. */
export function formatAuthHeader(
  params: readonly (readonly [name: string, value: string])[],
  kind: 'challenge' | 'answer',
): string {
  const text = params.map(([name, value]) => {
    const bare = BARE.has(name) || (name === 'qop' && kind === 'answer');
    return `${name}=${bare ? value : quote(value)}`;
  });
  return `Digest ${text.join(', ')}`;
}
