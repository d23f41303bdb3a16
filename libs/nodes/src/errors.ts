import type { CallCause } from '@callwright/channel-contract';
import type { FaxCause } from '@callwright/fax';
import { inputError, remoteError, resourceError, type ErrorDetails } from '@callwright/kernel';

/** Every code that node types themselves throw, with what it means. */
export const NODE_ERRORS = {
  'dial.failed': 'The destination could not be reached or declined; details hold the cause.',
  'fax.none': 'No fax was started on this leg; details hold the leg.',
  'fax.failed': 'The fax could not be done on our side: the document, the library or the disk; details hold the cause.',
  'schedule.bad-schedule': 'What is stored under this name is not a schedule; details hold the name.',
} as const;

export type NodeErrorCode = keyof typeof NODE_ERRORS;

export const dialFailed = (cause: CallCause) =>
  remoteError('dial.failed', `The destination could not be reached or declined: ${cause}.`, { cause });
export const badSchedule = (details: ErrorDetails) =>
  inputError('schedule.bad-schedule', NODE_ERRORS['schedule.bad-schedule'], details);
export const noFax = (leg: string) => inputError('fax.none', NODE_ERRORS['fax.none'], { leg });
export const faxFailed = (explanation: string, cause: FaxCause) => resourceError('fax.failed', explanation, { cause });
