import { endOfQuoted, isToken, quote, unquote } from '../grammar.js';
import { formatParams, parseParams, type Params } from '../params.js';
import { readUri, type Uri } from '../uri/uri.js';

/** From, To, Contact, Route, Record-Route …: `"Name" <uri>;params` or `uri;params`. */
export interface NameAddr {
  readonly displayName: string;
  /** The URI as it was written. */
  readonly uriText: string;
  readonly uri: Uri;
  readonly params: Params;
}

/**
 * Strict where leniency would let two readers see two addresses: no blanks within the URI, nothing but tokens as an unquoted name,
 * no `?` or `,` in a URI without brackets (RFC 3261 section 20). Null for what is no address.
 */
export function readNameAddr(text: string): NameAddr | null {
  let displayName = '';
  let open: number;
  if (text[0] === '"') {
    const end = endOfQuoted(text, 0);
    if (end < 0) return null;
    displayName = unquote(text.slice(0, end));
    open = end;
    while (text[open] === ' ' || text[open] === '\t') open++;
    if (text[open] !== '<') return null;
  } else {
    open = text.indexOf('<');
    if (open < 0) return readAddrSpec(text);
    displayName = text.slice(0, open).trim();
    if (displayName !== '' && !displayName.split(/[ \t]+/).every(isNameToken)) return null;
  }
  const close = text.indexOf('>', open);
  if (close < 0) return null;
  const uriText = text.slice(open + 1, close);
  const uri = readUri(uriText);
  const params = parseParams(text.slice(close + 1));
  return uri && params && { displayName, uriText, uri, params };
}

/** A token, or one with letters beyond ASCII, which many phones send without quotes. */
const isNameToken = (word: string) => isToken(word.replace(/[\u0080-\uffff]/g, 'x'));

function readAddrSpec(text: string): NameAddr | null {
  // Without brackets the parameters are the header's, not the URI's.
  const semicolon = text.indexOf(';');
  const uriText = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  if (uriText.includes('?') || uriText.includes(',')) return null;
  const uri = readUri(uriText);
  const params = parseParams(semicolon < 0 ? '' : text.slice(semicolon));
  return uri && params && { displayName: '', uriText, uri, params };
}

export function formatNameAddr(address: Pick<NameAddr, 'displayName' | 'uriText' | 'params'>): string {
  const name = address.displayName === '' ? '' : `${quote(address.displayName)} `;
  return `${name}<${address.uriText}>${formatParams(address.params)}`;
}
