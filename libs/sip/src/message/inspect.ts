import { isCallwrightError, type CallwrightError } from '@callwright/kernel';
import { sipError } from '../errors.js';
import {
  callIdOf,
  contactsOf,
  cseqOf,
  expiresOf,
  fromOf,
  maxForwardsOf,
  minExpiresOf,
  recordRoutesOf,
  retryAfterOf,
  routesOf,
  sessionExpiresOf,
  toOf,
  topViaOf,
  viasOf,
} from './fields.js';
import { headerKey, SINGLE } from './header-names.js';
import type { SipMessage } from './message.js';
import { BRANCH_COOKIE } from './via.js';

/** What is wrong with a message whose lines could be told apart; null when it may be acted upon. */
export function faultOf(message: SipMessage): CallwrightError | null {
  try {
    inspectRepeats(message);
    inspectFields(message);
    if (message.kind === 'request') inspectRequest(message.method, message);
    return null;
  } catch (error) {
    if (isCallwrightError(error)) return error;
    throw error;
  }
}

function inspectRepeats(message: SipMessage): void {
  const seen = new Set<string>();
  for (const { name } of message.headers) {
    const key = headerKey(name);
    if (!SINGLE.has(key)) continue;
    if (seen.has(key)) throw sipError('sip.repeated-header', undefined, { header: key });
    seen.add(key);
  }
}

/** Reading them is the inspection; what was read is kept with the message. */
function inspectFields(message: SipMessage): void {
  topViaOf(message);
  viasOf(message);
  fromOf(message);
  toOf(message);
  callIdOf(message);
  cseqOf(message);
  contactsOf(message);
  routesOf(message);
  recordRoutesOf(message);
  expiresOf(message);
  minExpiresOf(message);
  sessionExpiresOf(message);
  if (message.kind === 'response') retryAfterOf(message);
}

function inspectRequest(method: string, message: SipMessage): void {
  maxForwardsOf(message);
  if (cseqOf(message).method !== method) throw sipError('sip.method-mismatch');
  if (topViaOf(message).params.get('branch') === BRANCH_COOKIE) throw sipError('sip.bad-branch');
}
