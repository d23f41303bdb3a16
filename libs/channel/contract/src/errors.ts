import { inputError, remoteError, resourceError, type CallwrightError, type ErrorDetails } from '@callwright/kernel';

/** Every code of this project and of its adapters, with the sentence that the reference page prints. */
export const CHANNEL_ERRORS = {
  'call.gone': 'The leg, or the whole call, has ended.',
  'call.not-answered': 'There is no audio to this leg yet: answer it first, or ring it with early media.',
  'call.busy-playing': 'The leg already hears a prompt, is connected to another leg, or is in a conference.',
  'call.wrong-state': 'The leg is in a state in which this cannot be done.',
  'call.leg-taken': 'A living leg of this call has this name; details hold the name.',
  'call.bad-destination': 'The destination cannot be read; details hold what was given.',
  'call.bad-digits': 'Something other than 0-9, *, #, A-D is to be sent as a digit.',
  'call.already-recording': 'This leg is already being recorded.',
  'call.recording-exists': 'This call has a recording of that name.',
  'call.message-refused': 'The far end did not take the text message.',
  'call.hold-refused': 'The far end does not let itself be put on hold, or taken back.',
  'media.not-found': 'No media file or recording has this name; details hold the name.',
  'fax.already-running': 'A fax runs on this leg already.',
  'fax.document-not-found': 'No fax document has this name; details hold the name.',
  'fax.bad-document': 'The document cannot be faxed; details hold the reason.',
  'fax.unavailable': 'Fax is off here; details hold the reason and what to install.',
  'speech.unavailable': 'No engine can speak this prompt.',
  'outbound.not-allowed': 'Policy does not let this destination be called.',
  'outbound.limit': 'A limit on outbound calls is reached; try again later.',
} as const;

export type ChannelErrorCode = keyof typeof CHANNEL_ERRORS;

const KINDS: Record<ChannelErrorCode, (code: string, message: string, details?: ErrorDetails) => CallwrightError> = {
  'call.gone': remoteError,
  'call.not-answered': inputError,
  'call.busy-playing': inputError,
  'call.wrong-state': inputError,
  'call.leg-taken': inputError,
  'call.bad-destination': inputError,
  'call.bad-digits': inputError,
  'call.already-recording': inputError,
  'call.recording-exists': inputError,
  'call.message-refused': remoteError,
  'call.hold-refused': remoteError,
  'media.not-found': inputError,
  'fax.already-running': inputError,
  'fax.document-not-found': inputError,
  'fax.bad-document': inputError,
  'fax.unavailable': resourceError,
  'speech.unavailable': resourceError,
  'outbound.not-allowed': inputError,
  'outbound.limit': resourceError,
};

/** The error of that code with its own kind and sentence, for every adapter alike. */
export const channelError = (code: ChannelErrorCode, details?: ErrorDetails): CallwrightError =>
  KINDS[code](code, CHANNEL_ERRORS[code], details);

/** Fax is off; the reason is a sentence that says what to do. */
export const faxUnavailable = (reason: string): CallwrightError => resourceError('fax.unavailable', reason, { reason });

/** A document that cannot be faxed, and why. */
export const badFaxDocument = (name: string, reason: string): CallwrightError =>
  inputError('fax.bad-document', `The document cannot be faxed: ${reason}`, { name, reason });
