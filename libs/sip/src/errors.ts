import { remoteError, type ErrorDetails } from '@callwright/kernel';

/**
 * Every error code of this project, with the sentence that the reference page prints. A code never changes its meaning.
 */
export const SIP_ERRORS = {
  'sip.too-large': 'The message is longer than 64 KiB or has more than 256 header fields.',
  'sip.bad-start-line': 'The first line is neither a request line nor a status line of RFC 3261.',
  'sip.unsupported-version': 'The request names a SIP version other than 2.0.',
  'sip.unsupported-scheme': 'The Request-URI has a scheme that we do not serve.',
  'sip.bad-request-uri': 'The Request-URI is not a URI, or has something in it that a Request-URI must not have.',
  'sip.bad-header': 'A header field that must be understood cannot be read.',
  'sip.missing-header': 'A header field that every message must have is missing.',
  'sip.repeated-header': 'A header field that may come once came several times.',
  'sip.bad-content-length': 'Content-Length is not a number, came twice, or promises more than there is.',
  'sip.method-mismatch': 'The method of CSeq is not that of the request line.',
  'sip.bad-branch': 'The branch of the top Via has the magic cookie and nothing after it.',
  'sip.bad-uri': 'A URI cannot be read.',
  'sip.bad-sdp': 'A session description cannot be read.',
  'sip.no-common-media': 'No audio codec and no address that both sides can use.',
  'sip.forbidden-address': 'A session description names an address to which nothing may be sent.',
  'sip.no-dialog-tag': 'A dialog needs a tag that the message does not have.',
} as const;

export type SipErrorCode = keyof typeof SIP_ERRORS;

/** What a peer sent is wrong. */
export const sipError = (code: SipErrorCode, message?: string, details?: ErrorDetails) =>
  remoteError(code, message ?? SIP_ERRORS[code], details);
