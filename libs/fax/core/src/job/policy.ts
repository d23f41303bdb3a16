import type { FaxOptionsGiven } from '../options/read.js';
import type { FaxOutcome } from '../result/causes.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** After the n-th failure of a kind the next try follows after so long; a kind that has no more entries is given up. */
export const RETRY_AFTER_MS: Readonly<Record<FaxOutcome, readonly number[]>> = {
  sent: [],
  received: [],
  'partly-received': [],
  'partly-sent': [10 * SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  busy: [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE],
  'no-answer': [5 * MINUTE, 15 * MINUTE, 60 * MINUTE],
  'not-fax': [15 * MINUTE],
  'negotiation-failed': [10 * SECOND, MINUTE, 5 * MINUTE],
  'line-quality': [10 * SECOND, MINUTE, 5 * MINUTE],
  'hung-up': [2 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  timeout: [5 * MINUTE, 30 * MINUTE],
  aborted: [],
  'bad-options': [],
  failed: [],
};

/** How long to wait before it is tried again; null: it is given up. `before` are the outcomes of earlier tries. */
export function retryAfterMs(outcome: FaxOutcome, before: readonly FaxOutcome[]): number | null {
  const earlier = before.filter((one) => one === outcome).length;
  return RETRY_AFTER_MS[outcome][earlier] ?? null;
}

/** From the best way to fax to the surest one; a destination stays at the step that went well. */
export const FAX_PROFILES: readonly FaxOptionsGiven[] = [
  {},
  { T38: 'NO' },
  { T38: 'NO', MaxDataRate: '9600' },
  { T38: 'NO', MaxDataRate: '9600', ECM: 'NO' },
];

const LINE_TROUBLE: readonly FaxOutcome[] = ['negotiation-failed', 'line-quality', 'partly-sent', 'timeout'];

/** The profile to use next at a destination, by what became of a fax with this one. */
export function profileAfter(step: number, outcome: FaxOutcome): number {
  return LINE_TROUBLE.includes(outcome) ? Math.min(step + 1, FAX_PROFILES.length - 1) : step;
}
