import { Headers } from '../message/headers.js';
import { NO_BODY, type SipRequest, type SipResponse } from '../message/message.js';
import { cseqOf } from '../message/fields.js';

/** Header fields that an ACK or CANCEL shares with the INVITE that it belongs to. */
function companion(invite: SipRequest, method: 'ACK' | 'CANCEL', to: string): SipRequest {
  const headers = Headers.of([
    ['Via', invite.headers.list('Via')[0] ?? ''],
    ['Max-Forwards', '70'],
    ['From', invite.headers.get('From') ?? ''],
    ['To', to],
    ['Call-ID', invite.headers.get('Call-ID') ?? ''],
    ['CSeq', `${cseqOf(invite).number} ${method}`],
  ]);
  for (const route of invite.headers.all('Route')) headers.add('Route', route);
  return { kind: 'request', method, uri: invite.uri, headers, body: NO_BODY };
}

/** The ACK of a final response that is no 2xx: part of the INVITE's transaction (RFC 3261 section 17.1.1.3). */
export const ackOf = (invite: SipRequest, response: SipResponse): SipRequest =>
  companion(invite, 'ACK', response.headers.get('To') ?? invite.headers.get('To') ?? '');

/** RFC 3261 section 9.1. */
export const cancelOf = (invite: SipRequest): SipRequest => companion(invite, 'CANCEL', invite.headers.get('To') ?? '');
