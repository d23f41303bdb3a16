import type { FaxOutcome, FaxResult } from '@callwright/fax';
import type { JsonObject } from '@callwright/kernel';

/** How a fax that was sent can end; `failed` is every node's. */
export const SENDING_OUTCOMES = [
  'sent',
  'partly-sent',
  'busy',
  'no-answer',
  'not-fax',
  'negotiation-failed',
  'line-quality',
  'aborted',
  'hung-up',
  'bad-options',
  'timeout',
] as const satisfies readonly FaxOutcome[];

export const RECEIVING_OUTCOMES = [
  'received',
  'partly-received',
  'not-fax',
  'negotiation-failed',
  'line-quality',
  'aborted',
  'hung-up',
  'bad-options',
  'timeout',
] as const satisfies readonly FaxOutcome[];

/** What a node hands over of a fax. */
export const faxOutput = (result: FaxResult): JsonObject => ({
  outcome: result.outcome,
  cause: result.cause,
  explanation: result.explanation,
  advice: result.advice,
  document: result.document,
  pages: result.pages,
  totalPages: result.totalPages,
  firstUnsentPage: result.firstUnsentPage,
  standard: result.standard,
  negotiated: result.negotiated && { ...result.negotiated },
  pageDetails: result.pageDetails.map((page) => ({ ...page })),
  options: { ...result.options },
  failedOption: result.failedOption && { ...result.failedOption },
  rawCause: result.rawCause && { ...result.rawCause },
  durationMs: result.durationMs,
});

/** What a rehearsal offers to begin with. */
export const exampleFax = (outcome: string): JsonObject => ({
  outcome,
  cause: outcome === 'sent' || outcome === 'received' ? 'NORMAL' : 'COMMSFAULT',
  pages: outcome === 'partly-sent' || outcome === 'sent' || outcome === 'received' ? 1 : 0,
  firstUnsentPage: outcome === 'sent' || outcome === 'received' ? null : 1,
});
