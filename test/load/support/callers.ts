import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../fixtures/sipp', name), 'utf8').replaceAll('[service]', '1000');

/** Calls 1000 with A-law and waits up to three minutes to be hung up: the codec that rtpgen sends. */
export const LISTENING_CALLER = fixture('listening-caller.xml')
  .replace('RTP/AVP 0\na=rtpmap:0 PCMU/8000', 'RTP/AVP 8\na=rtpmap:8 PCMA/8000')
  .replace('timeout="15000"', 'timeout="180000"');

/** Calls 1000 and expects to be hung up after a short prompt. */
export const BRIEF_CALLER = fixture('listening-caller.xml');

/** The same, and takes a 503 for an answer; its answers and its refusals are timed apart. */
export const REFUSABLE_CALLER = fixture('refusable-caller.xml');

/** Calls 1000 and neither sends nor wants sound: for many calls at the cost of their signalling alone. */
export const QUIET_CALLER = LISTENING_CALLER.replace('a=rtpmap:8 PCMA/8000', 'a=rtpmap:8 PCMA/8000\na=inactive');
