import { isToken } from '../grammar.js';
import { formatParams, parseParams, type Params } from '../params.js';
import { readHostPort } from '../uri/uri.js';

/** One hop of a message (RFC 3261 section 20.42, `received` and `rport`: RFC 3581). */
export interface Via {
  /** Upper case: `UDP`, `TCP`, `TLS`, … */
  readonly transport: string;
  readonly host: string;
  readonly port: number | null;
  readonly params: Params;
}

/** What every branch of RFC 3261 begins with. */
export const BRANCH_COOKIE = 'z9hG4bK';

const SENT_PROTOCOL = /^SIP[ \t]*\/[ \t]*2\.0[ \t]*\/[ \t]*([^ \t/;,]+)[ \t]+/i;

export function readVia(text: string): Via | null {
  const protocol = SENT_PROTOCOL.exec(text);
  const transport = protocol?.[1];
  if (!protocol || transport === undefined || !isToken(transport)) return null;
  const semicolon = text.indexOf(';', protocol[0].length);
  const sentBy = (semicolon < 0 ? text.slice(protocol[0].length) : text.slice(protocol[0].length, semicolon)).replace(
    /[ \t]+/g,
    '',
  );
  const place = readHostPort(sentBy);
  // RFC 2543 let `;maddr`-like parameters have no value; `parseParams` allows both.
  const params = parseParams(semicolon < 0 ? '' : text.slice(semicolon));
  return place && params && { transport: transport.toUpperCase(), host: place.host, port: place.port, params };
}

export function formatVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${via.host}${via.port === null ? '' : `:${via.port}`}${formatParams(via.params)}`;
}

/** The top Via with the address that the request really came from (RFC 3261 section 18.2.1, RFC 3581 section 4). */
export function markReceived(via: Via, address: string, port: number): Via {
  const params = new Map(via.params);
  const asked = params.has('rport');
  if (asked) params.set('rport', String(port));
  if (asked || via.host.replace(/^\[|\]$/g, '') !== address.toLowerCase()) params.set('received', address);
  return { ...via, params };
}
