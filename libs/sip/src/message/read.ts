import type { CallwrightError } from '@callwright/kernel';
import { sipError } from '../errors.js';
import { parseUnsigned } from '../grammar.js';
import type { Headers } from './headers.js';
import { faultOf } from './inspect.js';
import { MAX_MESSAGE_BYTES, type SipMessage } from './message.js';
import { scanHead, type ScannedHead } from './scan.js';
import { readStartLine } from './start-line.js';

/** A message and what is wrong with it; with a fault it serves for nothing but an error reply. */
export interface Reading {
  readonly message: SipMessage;
  readonly fault: CallwrightError | null;
}

/**
 * Reads one datagram (RFC 3261 section 18.3: bytes beyond Content-Length are dropped, fewer are an error). Throws
 * `sip.bad-start-line` or `sip.too-large` when there is nothing that could be answered.
 */
export function readDatagram(bytes: Uint8Array): Reading {
  const head = scanHead(bytes);
  const rest = bytes.subarray(head.bodyStart);
  const length = contentLength(head.headers) ?? rest.length;
  if (length === 'bad' || length > rest.length) return finish(head, rest, sipError('sip.bad-content-length'));
  return finish(head, rest.slice(0, length), null);
}

/** Reads one message or throws the first thing that is wrong with it. */
export function parseMessage(bytes: Uint8Array): SipMessage {
  const { message, fault } = readDatagram(bytes);
  if (fault) throw fault;
  return message;
}

/** In bytes; null when the message does not say, 'bad' when it says nonsense or says it twice. */
export function contentLength(headers: Headers): number | null | 'bad' {
  const values = headers.all('Content-Length');
  if (values.length === 0) return null;
  const length = values.length === 1 ? parseUnsigned(values[0]!, MAX_MESSAGE_BYTES) : null;
  return length ?? 'bad';
}

/** A message of its parts, inspected. */
export function finish(head: ScannedHead, body: Uint8Array, fault: CallwrightError | null): Reading {
  const start = readStartLine(head.startLine);
  const message: SipMessage =
    start.kind === 'request'
      ? { kind: 'request', method: start.method, uri: start.uri, headers: head.headers, body }
      : { kind: 'response', status: start.status, reason: start.reason, headers: head.headers, body };
  const startFault = start.kind === 'request' && start.fault ? sipError(start.fault) : null;
  const stray = head.strayLine === null ? null : sipError('sip.bad-header', 'A line of the header is no header field.');
  return { message, fault: startFault ?? fault ?? stray ?? faultOf(message) };
}
