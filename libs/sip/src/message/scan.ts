import { decodeUtf8 } from '../bytes.js';
import { sipError } from '../errors.js';
import { isToken } from '../grammar.js';
import { Headers } from './headers.js';
import { MAX_HEADER_FIELDS, MAX_MESSAGE_BYTES } from './message.js';

/** The lines of a message before anything is known of their meaning. */
export interface ScannedHead {
  readonly startLine: string;
  readonly headers: Headers;
  /** A line that is no header field, or none. */
  readonly strayLine: string | null;
  /** Where the body begins. */
  readonly bodyStart: number;
}

/** Position after the empty line that ends the header, or -1. Lines end with CRLF; a bare LF is taken as well. */
export function endOfHead(bytes: Uint8Array, from = 0): number {
  for (let lf = bytes.indexOf(0x0a, from); lf >= 0; lf = bytes.indexOf(0x0a, lf + 1)) {
    if (bytes[lf + 1] === 0x0a) return lf + 2;
    if (bytes[lf + 1] === 0x0d && bytes[lf + 2] === 0x0a) return lf + 3;
  }
  return -1;
}

/** Splits start line and header fields, unfolding lines. A datagram whose empty line is missing ends its header with its end. */
export function scanHead(bytes: Uint8Array): ScannedHead {
  if (bytes.length > MAX_MESSAGE_BYTES) throw sipError('sip.too-large');
  let start = 0;
  // Keep-alives (RFC 5626) and careless senders put empty lines before the start line (RFC 3261 section 7.5).
  while (bytes[start] === 0x0d || bytes[start] === 0x0a) start++;
  const end = endOfHead(bytes, start);
  const bodyStart = end < 0 ? bytes.length : end;
  const lines = decodeUtf8(bytes.subarray(start, bodyStart)).split('\n');

  const startLine = withoutCr(lines[0] ?? '');
  if (startLine === '') throw sipError('sip.bad-start-line');
  const headers = new Headers();
  let strayLine: string | null = null;
  let pending = '';
  const flush = () => {
    if (pending === '') return;
    const colon = pending.indexOf(':');
    const name = colon < 0 ? '' : pending.slice(0, colon).trimEnd();
    if (!isToken(name)) strayLine ??= pending.slice(0, 80);
    else headers.add(name, pending.slice(colon + 1).trim());
    if (headers.size > MAX_HEADER_FIELDS) throw sipError('sip.too-large');
  };
  const folded: string[] = [];
  const unfold = () => {
    if (folded.length > 0) pending = [pending.trimEnd(), ...folded].join(' ');
    folded.length = 0;
  };
  for (let i = 1; i < lines.length; i++) {
    const line = withoutCr(lines[i]!);
    if (line.charCodeAt(0) === 0x20 || line.charCodeAt(0) === 0x09) {
      const rest = line.trim();
      if (rest !== '' && pending !== '') folded.push(rest);
      else if (rest !== '') strayLine ??= line.slice(0, 80);
      continue;
    }
    unfold();
    flush();
    pending = line;
  }
  unfold();
  flush();
  return { startLine, headers, strayLine, bodyStart };
}

/** The line without the CR of its end; a CR within it is no line end for us and must be none for who reads on. */
function withoutCr(line: string): string {
  const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
  return bare.includes('\r') ? bare.replaceAll('\r', ' ') : bare;
}
