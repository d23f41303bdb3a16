import { isCallwrightError, type CallwrightError } from '@callwright/kernel';
import type { SipMessage, SipRequest } from './message.js';
import { readDatagram, type Reading } from './read.js';

/** What to do with what came. */
export type Verdict =
  | { readonly do: 'accept'; readonly message: SipMessage }
  /** Answer the sender, statelessly, with this status. */
  | { readonly do: 'refuse'; readonly request: SipRequest; readonly status: number; readonly error: CallwrightError }
  | { readonly do: 'drop'; readonly error: CallwrightError };

const STATUS_OF_FAULT: Readonly<Record<string, number>> = {
  'sip.unsupported-version': 505,
  'sip.unsupported-scheme': 416,
  'sip.too-large': 513,
};

export function judgeDatagram(bytes: Uint8Array): Verdict {
  try {
    return judge(readDatagram(bytes));
  } catch (error) {
    if (isCallwrightError(error)) return { do: 'drop', error };
    throw error;
  }
}

/** A broken response and a broken ACK are never answered, nor is a request without any Via. */
export function judge({ message, fault }: Reading): Verdict {
  if (!fault) return { do: 'accept', message };
  if (message.kind === 'response' || message.method === 'ACK' || !message.headers.has('Via')) {
    return { do: 'drop', error: fault };
  }
  return { do: 'refuse', request: message, status: STATUS_OF_FAULT[fault.code] ?? 400, error: fault };
}
