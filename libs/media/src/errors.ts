import { inputError, remoteError, type ErrorDetails } from '@callwright/kernel';

/** Every code that this project throws, with what it means. */
export const MEDIA_ERRORS = {
  'media.bad-rtp':
    'A datagram is not an RTP packet of version 2, or its lengths contradict each other (RFC 3550 section 5.1).',
  'media.bad-rtcp': 'A datagram is not a compound RTCP packet (RFC 3550 section 6.1).',
  'media.bad-wav': 'The file says that it is WAV, but its chunks contradict each other or hold no samples.',
  'media.unknown-format':
    'The audio is in a format that we do not read: WAV with PCM of 8, 16, 24 or 32 bits, float, A-law or mu-law is read.',
} as const;

export type MediaErrorCode = keyof typeof MEDIA_ERRORS;

export const badRtp = (reason: string) => remoteError('media.bad-rtp', `Not an RTP packet: ${reason}`);
export const badRtcp = (reason: string) => remoteError('media.bad-rtcp', `Not an RTCP packet: ${reason}`);
export const badWav = (reason: string, details?: ErrorDetails) =>
  inputError('media.bad-wav', `Not a sound WAV file: ${reason}`, details);
export const unknownFormat = (reason: string, details?: ErrorDetails) =>
  inputError('media.unknown-format', `Audio in a format that is not read: ${reason}`, details);
