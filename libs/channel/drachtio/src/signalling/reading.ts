import type { Headers } from '@callwright/channel-contract';
import { encodeUtf8, parseMessage, type SipRequest as ReadRequest } from '@callwright/sip';
import type { HeaderFields, SipMessage } from '../packages.js';

/** A request as our own SIP reads it: what drachtio-srf makes of it loses the order and the number of header fields. */
export function readRequest({ raw }: SipMessage): ReadRequest {
  const message = parseMessage(encodeUtf8(raw));
  if (message.kind !== 'request') throw new Error('drachtio-server gave a response for a request');
  return message;
}

export function readHeaders({ raw }: SipMessage): Headers {
  return parseMessage(encodeUtf8(raw)).headers.toRecord();
}

/** Header fields as drachtio-srf takes them. */
export function headerFieldsOf(fields: readonly (readonly [string, string])[]): HeaderFields {
  const record: Record<string, string[]> = {};
  for (const [name, value] of fields) (record[name] ??= []).push(value);
  return Object.fromEntries(
    Object.entries(record).map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}
