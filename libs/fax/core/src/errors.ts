import { inputError, remoteError, type ErrorDetails } from '@callwright/kernel';

/** Every code that this project throws, with what it means. */
export const FAX_ERRORS = {
  'fax.bad-tiff': 'The file is no TIFF, or what it says of itself contradicts the file; details hold the reason.',
  'fax.bad-udptl': 'A datagram is not a UDPTL packet (ITU-T T.38 section 9.1).',
} as const;

export type FaxErrorCode = keyof typeof FAX_ERRORS;

export const badTiff = (reason: string, details?: ErrorDetails) =>
  inputError('fax.bad-tiff', `The TIFF file cannot be used: ${reason}`, { reason, ...details });
export const badUdptl = (reason: string) => remoteError('fax.bad-udptl', `Not a UDPTL packet: ${reason}`);
