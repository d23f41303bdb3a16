import { sipError, type SipErrorCode } from '../errors.js';
import { isToken } from '../grammar.js';
import { readUri } from '../uri/uri.js';

export type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly uri: string; readonly fault: SipErrorCode | null }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string };

/**
 * Reads the first line. A request line that is wrong but shows a method gives a fault, so that its sender can be answered;
 * whatever else is no SIP throws `sip.bad-start-line`.
 */
export function readStartLine(line: string): StartLine {
  if (/^SIP\//i.test(line)) return readStatusLine(line);

  const first = line.indexOf(' ');
  const method = first < 0 ? '' : line.slice(0, first);
  const versionFrom = line.search(/SIP\/[0-9]+\.[0-9]+[ \t]*$/i);
  if (!isToken(method) || versionFrom <= first) throw sipError('sip.bad-start-line');
  const uri = line.slice(first + 1, versionFrom).trim();
  const version = line.slice(versionFrom).trim().toUpperCase();
  if (version !== 'SIP/2.0') return { kind: 'request', method, uri, fault: 'sip.unsupported-version' };
  // Exactly one blank between the three parts and none behind (RFC 3261 section 7.1).
  const exact = line.length === method.length + uri.length + version.length + 2;
  return { kind: 'request', method, uri, fault: exact ? faultOfRequestUri(uri) : 'sip.bad-start-line' };
}

function readStatusLine(line: string): StartLine {
  const match = /^SIP\/2\.0 ([1-6][0-9]{2})(?: |$)/i.exec(line);
  if (!match) throw sipError('sip.bad-start-line');
  return { kind: 'response', status: Number(match[1]), reason: line.slice(match[0].length) };
}

function faultOfRequestUri(text: string): SipErrorCode | null {
  if (/[\s<>"]/.test(text)) return 'sip.bad-request-uri';
  const uri = readUri(text);
  if (!uri) return 'sip.bad-request-uri';
  if (uri.scheme === 'other') return 'sip.unsupported-scheme';
  // Header fields are for the URIs of web pages, not for requests (RFC 3261 section 19.1.1).
  return uri.scheme !== 'tel' && uri.headers.length > 0 ? 'sip.bad-request-uri' : null;
}
