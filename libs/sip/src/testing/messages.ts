import { encodeUtf8 } from '../bytes.js';
import { parseMessage } from '../message/read.js';
import type { SipRequest, SipResponse } from '../message/message.js';
import { replyTo } from '../message/reply.js';

/** A request as a phone would send it; `fields` are more header lines. */
export function request(
  method: string,
  fields: readonly string[] = [],
  options: { cseq?: number; branch?: string; toTag?: string; body?: string } = {},
): SipRequest {
  const { cseq = 1, branch = 'z9hG4bKone', toTag, body = '' } = options;
  const text = [
    `${method} sip:1000@192.0.2.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 192.0.2.7:5062;branch=${branch};rport`,
    'Max-Forwards: 70',
    'From: "Ann" <sip:ann@192.0.2.7>;tag=ann1',
    `To: <sip:1000@192.0.2.1>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    'Call-ID: call-1',
    `CSeq: ${cseq} ${method}`,
    ...(fields.some((field) => field.startsWith('Contact')) ? [] : ['Contact: <sip:ann@192.0.2.7:5062>']),
    ...fields,
    '',
    body,
  ].join('\r\n');
  return parseMessage(encodeUtf8(text)) as SipRequest;
}

export const response = (
  to: SipRequest,
  status: number,
  headers: readonly (readonly [string, string])[] = [],
  toTag = 'us1',
): SipResponse => replyTo(to, status, { toTag, headers });
