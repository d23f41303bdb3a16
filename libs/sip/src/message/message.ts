import type { Headers } from './headers.js';

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  /** The Request-URI as it was written. */
  readonly uri: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export type SipMessage = SipRequest | SipResponse;

export const NO_BODY = new Uint8Array(0);

/** Longest message that is read or kept while it arrives. */
export const MAX_MESSAGE_BYTES = 65_536;
/** A message with more header fields than this is an attack. */
export const MAX_HEADER_FIELDS = 256;
