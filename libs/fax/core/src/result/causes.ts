/** Why a fax ended, in the words that fax applications know. */
export const FAX_CAUSES = {
  NORMAL: 'Every page was sent or received, and confirmed.',
  ABORTED: 'We stopped it.',
  HANGUP: 'The far end hung up before the fax was complete.',
  TIMEOUT: 'A timer ran out before the fax was complete.',
  NOTFAX: 'The far end gave no sign of being a fax machine.',
  UNKNOWN_OPTION: 'There is no fax option of that name.',
  UNKNOWN_VALUE: 'A fax option does not have that value.',
  INCONSISTENT_OPTIONS: 'The fax options contradict each other, so that no fax could be sent.',
  STANDARDMISMATCH: 'The two ends could not agree on T.30 or T.38, or on a common way to fax.',
  COMMSFAULT: 'The two fax machines lost each other: the line is bad, or one of them does not keep to the rules.',
  PAGEQUALITY: 'Too much of a page was damaged on the way.',
  ERROR: 'The fax could not be done; the explanation says why.',
} as const;

export type FaxCause = keyof typeof FAX_CAUSES;

/** What became of a fax: the families of causes that a scenario branches on. */
export const FAX_OUTCOMES = {
  sent: 'All pages were sent, and the far end confirmed them.',
  received: 'All pages were received.',
  'partly-sent': 'Some pages were confirmed, the others were not; `firstUnsentPage` says where to go on.',
  'partly-received': 'Some pages were received before it broke off; they are kept.',
  busy: 'The number was busy.',
  'no-answer': 'Nobody answered.',
  'not-fax': 'Somebody answered, but it was no fax machine.',
  'negotiation-failed': 'The fax machines found no common way to fax.',
  'line-quality': 'The line was too bad.',
  aborted: 'The scenario, or somebody by command, stopped it.',
  'hung-up': 'The far end hung up before a page was confirmed.',
  'bad-options': 'An option is unknown, has a wrong value, or contradicts another.',
  timeout: 'It took too long.',
  failed: 'It could not be done on our side: the document, the library or the disk.',
} as const;

export type FaxOutcome = keyof typeof FAX_OUTCOMES;

/** Whether a job runs. `error`: none runs, and the last one failed. */
export type FaxState = 'idle' | 'sending' | 'receiving' | 'error';
