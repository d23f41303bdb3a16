import { sipError } from '../errors.js';
import { parseUnsigned, percentDecode, percentEncode } from '../grammar.js';
import type { Params } from '../params.js';
import { formatParams } from '../params.js';

/** sip: and sips: (RFC 3261 section 19.1). Texts are kept as they were written, escapes and all. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  readonly user: string | null;
  readonly password: string | null;
  /** Name, IPv4 address, or IPv6 address in brackets; lower case. */
  readonly host: string;
  readonly port: number | null;
  readonly params: Params;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** tel: (RFC 3966). */
export interface TelUri {
  readonly scheme: 'tel';
  /** As written, with its visual separators. */
  readonly number: string;
  readonly params: Params;
}

export interface OtherUri {
  readonly scheme: 'other';
  readonly name: string;
  readonly rest: string;
}

export type Uri = SipUri | TelUri | OtherUri;

const USER = /^[A-Za-z0-9\-_.!~*'()&=+$,;?/%\u0080-\uffff#[\]^`{}|:]+$/;
const HOST = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?|\[[0-9A-Fa-f:.]+\])$/;
const PARAM = /^[A-Za-z0-9\-_.!~*'()[\]/:&+$%]+$/;
const HEADER = /^[A-Za-z0-9\-_.!~*'()[\]/?:+$%]*$/;
const TEL = /^\+?[0-9A-Fa-f*#\-.()\s%\uff00-\uffff]+$/;
const OTHER = /^[^\s<>"\u0000-\u001f]+$/;

/** Reads any URI. Throws `sip.bad-uri`. */
export function parseUri(text: string): Uri {
  const uri = readUri(text);
  if (!uri) throw sipError('sip.bad-uri');
  return uri;
}

/** As `parseUri`, with null for what cannot be read. */
export function readUri(text: string): Uri | null {
  const colon = text.indexOf(':');
  if (colon <= 0) return null;
  const scheme = text.slice(0, colon).toLowerCase();
  const rest = text.slice(colon + 1);
  if (scheme === 'sip' || scheme === 'sips') return readSipUri(scheme, rest);
  if (scheme === 'tel') return readTelUri(rest);
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme) || !OTHER.test(rest)) return null;
  return { scheme: 'other', name: scheme, rest };
}

function readSipUri(scheme: 'sip' | 'sips', text: string): SipUri | null {
  // '@' may stand, unescaped, nowhere but behind the user part; a user part may hold ';' and '?' of its own.
  const at = text.lastIndexOf('@');
  if (at !== text.indexOf('@')) return null;
  let user: string | null = null;
  let password: string | null = null;
  if (at >= 0) {
    const userInfo = text.slice(0, at);
    const colon = userInfo.indexOf(':');
    user = colon < 0 ? userInfo : userInfo.slice(0, colon);
    password = colon < 0 ? null : userInfo.slice(colon + 1);
    if (!USER.test(user) || (password !== null && !/^[^\s<>"@\u0000-\u001f]*$/.test(password))) return null;
  }
  let tail = text.slice(at + 1);
  let headers: (readonly [string, string])[] = [];
  const question = tail.indexOf('?');
  if (question >= 0) {
    const read = readUriHeaders(tail.slice(question + 1));
    if (!read) return null;
    headers = read;
    tail = tail.slice(0, question);
  }
  const semicolon = tail.indexOf(';');
  const params = readUriParams(semicolon < 0 ? '' : tail.slice(semicolon + 1), semicolon >= 0);
  if (!params) return null;
  const hostPort = semicolon < 0 ? tail : tail.slice(0, semicolon);
  const place = readHostPort(hostPort);
  if (!place) return null;
  return { scheme, user, password, host: place.host, port: place.port, params, headers };
}

/** `host`, `host:port`; IPv6 in brackets. Null when it is neither. */
export function readHostPort(text: string): { host: string; port: number | null } | null {
  const bracket = text.lastIndexOf(']');
  const colon = text.indexOf(':', bracket + 1);
  const host = (colon < 0 ? text : text.slice(0, colon)).toLowerCase();
  if (!HOST.test(host) || host.length > 255) return null;
  if (colon < 0) return { host, port: null };
  const port = parseUnsigned(text.slice(colon + 1), 65535);
  return port === null ? null : { host, port };
}

function readUriParams(text: string, present: boolean): Params | null {
  const params = new Map<string, string | null>();
  if (!present) return params;
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? null : part.slice(equals + 1);
    if (!PARAM.test(name) || (value !== null && !PARAM.test(value))) return null;
    if (params.has(name)) return null;
    params.set(name, value);
  }
  return params;
}

function readUriHeaders(text: string): (readonly [string, string])[] | null {
  const headers: (readonly [string, string])[] = [];
  for (const part of text.split('&')) {
    const equals = part.indexOf('=');
    if (equals <= 0) return null;
    const name = part.slice(0, equals);
    const value = part.slice(equals + 1);
    if (!HEADER.test(name) || !HEADER.test(value)) return null;
    headers.push([name, value]);
  }
  return headers;
}

function readTelUri(text: string): TelUri | null {
  const semicolon = text.indexOf(';');
  const number = semicolon < 0 ? text : text.slice(0, semicolon);
  if (!TEL.test(number)) return null;
  const params = readUriParams(semicolon < 0 ? '' : text.slice(semicolon + 1), semicolon >= 0);
  return params && { scheme: 'tel', number, params };
}

export function formatUri(uri: Uri): string {
  switch (uri.scheme) {
    case 'tel':
      return `tel:${uri.number}${formatParams(uri.params)}`;
    case 'other':
      return `${uri.name}:${uri.rest}`;
    case 'sip':
    case 'sips': {
      const user = uri.user === null ? '' : `${uri.user}${uri.password === null ? '' : `:${uri.password}`}@`;
      const port = uri.port === null ? '' : `:${uri.port}`;
      const headers = uri.headers.map(([name, value]) => `${name}=${value}`).join('&');
      return `${uri.scheme}:${user}${uri.host}${port}${formatParams(uri.params)}${headers && `?${headers}`}`;
    }
  }
}

/** A sip: URI for a user (given as plain text; escaped here) at a host. */
export function sipUri(user: string | null, host: string, port: number | null, params: Params = new Map()): SipUri {
  return {
    scheme: 'sip',
    user: user === null ? null : percentEncode(user, /[A-Za-z0-9\-_.!~*'()&=+$,]/),
    password: null,
    host: host.includes(':') && !host.startsWith('[') ? `[${host}]` : host.toLowerCase(),
    port,
    params,
    headers: [],
  };
}

/** User part of sip:, number of tel:, with escapes resolved; null for what has none. */
export function userOf(uri: Uri): string | null {
  if (uri.scheme === 'tel') return percentDecode(uri.number);
  return uri.scheme === 'other' || uri.user === null ? null : percentDecode(uri.user);
}

const DEFAULTS_MATTER = ['user', 'ttl', 'method', 'maddr', 'transport'];

/** The comparison of RFC 3261 section 19.1.4: what both have must agree, and some parameters must not be had by one alone. */
export function sameUri(a: Uri, b: Uri): boolean {
  if (a.scheme === 'tel' || b.scheme === 'tel') {
    return a.scheme === 'tel' && b.scheme === 'tel' && plainNumber(a) === plainNumber(b) && sameSet(a.params, b.params);
  }
  if (a.scheme === 'other' || b.scheme === 'other') {
    return a.scheme === 'other' && b.scheme === 'other' && a.name === b.name && a.rest === b.rest;
  }
  if (a.scheme !== b.scheme || a.host !== b.host || a.port !== b.port) return false;
  if (decoded(a.user) !== decoded(b.user) || decoded(a.password) !== decoded(b.password)) return false;
  for (const [name, value] of a.params) {
    const other = b.params.get(name);
    if (other === undefined ? DEFAULTS_MATTER.includes(name) : !sameValue(value, other)) return false;
  }
  for (const name of b.params.keys()) if (!a.params.has(name) && DEFAULTS_MATTER.includes(name)) return false;
  const headersOf = (uri: SipUri) =>
    uri.headers
      .map(([name, value]) => `${name.toLowerCase()}=${percentDecode(value)}`)
      .sort()
      .join('&');
  return headersOf(a) === headersOf(b);
}

const decoded = (text: string | null) => (text === null ? null : percentDecode(text));
const sameValue = (a: string | null, b: string | null) =>
  a === b || (a !== null && b !== null && percentDecode(a).toLowerCase() === percentDecode(b).toLowerCase());
const plainNumber = (uri: TelUri) => uri.number.toLowerCase().replace(/[-.()\s]/g, '');
const sameSet = (a: Params, b: Params) =>
  a.size === b.size && [...a].every(([name, value]) => b.has(name) && sameValue(value, b.get(name) ?? null));
