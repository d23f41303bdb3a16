import { Headers } from './headers.js';
import { NO_BODY, type SipRequest, type SipResponse } from './message.js';
import { readNameAddr } from './name-addr.js';
import { reasonOf } from './reasons.js';

export interface ReplyOptions {
  readonly reason?: string | undefined;
  /** Put into To when the request has none there (RFC 3261 section 8.2.6.2). */
  readonly toTag?: string | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly body?: Uint8Array | undefined;
}

/** A response by the rules of RFC 3261 section 8.2.6: Via, From, To, Call-ID, CSeq copied as they stand. */
export function replyTo(request: SipRequest, status: number, options: ReplyOptions = {}): SipResponse {
  const headers = new Headers();
  for (const via of request.headers.all('Via')) headers.add('Via', via);
  if (status > 100 && status < 300)
    for (const route of request.headers.all('Record-Route')) headers.add('Record-Route', route);
  for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
    const value = request.headers.get(name);
    if (value === undefined) continue;
    headers.add(name, name === 'To' && status > 100 ? withTag(value, options.toTag) : value);
  }
  for (const [name, value] of options.headers ?? []) headers.add(name, value);
  return {
    kind: 'response',
    status,
    reason: options.reason ?? reasonOf(status),
    headers,
    body: options.body ?? NO_BODY,
  };
}

function withTag(to: string, tag: string | undefined): string {
  return tag === undefined || readNameAddr(to)?.params.has('tag') ? to : `${to};tag=${tag}`;
}
