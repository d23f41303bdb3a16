import { callIdOf, cseqOf, fromTagOf, topViaOf, toTagOf } from '../message/fields.js';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.js';
import { BRANCH_COOKIE, formatVia } from '../message/via.js';

/** An ACK belongs to the INVITE that it acknowledges. */
const methodOf = (method: string) => (method === 'ACK' ? 'INVITE' : method);

/**
 * What a request and its repetitions have in common (RFC 3261 section 17.2.3, with the rules for RFC 2543 peers). Call-ID and CSeq belong to it
 * as well: a peer that uses a branch twice has its second request answered, not its first one again.
 */
export function serverKey(request: SipRequest): string {
  const via = topViaOf(request);
  const branch = via.params.get('branch');
  if (branch?.startsWith(BRANCH_COOKIE)) {
    return `${methodOf(request.method)}|${via.host}:${via.port ?? ''}|${branch}|${callIdOf(request)}|${cseqOf(request).number}`;
  }
  // An ACK has the To tag of the response, its INVITE had none: the tag is no part of an INVITE's key.
  const toTag = methodOf(request.method) === 'INVITE' ? '' : (toTagOf(request) ?? '');
  return [
    '2543',
    methodOf(request.method),
    request.uri,
    fromTagOf(request) ?? '',
    toTag,
    callIdOf(request),
    cseqOf(request).number,
    formatVia(via),
  ].join('|');
}

/** The INVITE that a CANCEL means: same branch (RFC 3261 section 9.2). */
export const cancelledKey = (cancel: SipRequest): string => serverKey({ ...cancel, method: 'INVITE' });

/** The request of ours that a response answers (RFC 3261 section 17.1.3). */
export const clientKey = (message: SipRequest | SipResponse): string =>
  `${topViaOf(message).params.get('branch') ?? ''}|${cseqOf(message).method}`;

/** Equal for one request that reached us on two paths (RFC 3261 section 8.2.2.2). */
export const mergeKey = (message: SipMessage): string =>
  `${callIdOf(message)}|${fromTagOf(message) ?? ''}|${cseqOf(message).number}|${cseqOf(message).method}`;
