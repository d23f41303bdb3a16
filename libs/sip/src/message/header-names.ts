/** Compact forms (RFC 3261 section 20 and the registry of IANA). */
const LONG_NAMES: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  n: 'identity-info',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

/** Names with their usual spelling, so that one look-up serves nearly every header field on the wire. */
const KNOWN = new Map<string, string>();
for (const name of [
  ...[
    'Via',
    'From',
    'To',
    'Call-ID',
    'CSeq',
    'Contact',
    'Max-Forwards',
    'Content-Length',
    'Content-Type',
    'Route',
    'Record-Route',
  ],
  ...[
    'Allow',
    'Supported',
    'Require',
    'Proxy-Require',
    'Unsupported',
    'User-Agent',
    'Server',
    'Expires',
    'Min-Expires',
    'Accept',
  ],
  ...[
    'Authorization',
    'Proxy-Authorization',
    'WWW-Authenticate',
    'Proxy-Authenticate',
    'Session-Expires',
    'Min-SE',
    'Retry-After',
  ],
  ...[
    'Date',
    'Warning',
    'Reason',
    'Event',
    'Refer-To',
    'Replaces',
    'Allow-Events',
    'Content-Encoding',
    'Content-Disposition',
  ],
]) {
  KNOWN.set(name, name.toLowerCase());
  KNOWN.set(name.toLowerCase(), name.toLowerCase());
}
for (const [short, long] of Object.entries(LONG_NAMES)) {
  KNOWN.set(short, long);
  KNOWN.set(short.toUpperCase(), long);
}

/** The key under which a header field is found: lower case, compact forms written out. */
export function headerKey(name: string): string {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  return KNOWN.get(lower) ?? lower;
}

/** Header fields whose value is a list: several fields and one field with commas mean the same (RFC 3261 section 7.3.1). */
export const LISTS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'alert-info',
  'allow',
  'allow-events',
  'call-info',
  'contact',
  'content-encoding',
  'content-language',
  'error-info',
  'in-reply-to',
  'path',
  'proxy-require',
  'record-route',
  'require',
  'route',
  'service-route',
  'supported',
  'unsupported',
  'via',
  'warning',
]);

/** Header fields that come once. */
export const SINGLE: ReadonlySet<string> = new Set([
  'call-id',
  'content-length',
  'content-type',
  'cseq',
  'date',
  'event',
  'expires',
  'from',
  'max-forwards',
  'min-expires',
  'min-se',
  'refer-to',
  'replaces',
  'session-expires',
  'subject',
  'timestamp',
  'to',
]);
