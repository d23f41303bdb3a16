/** Who is at fault, and therefore what to do about it. */
export type ErrorKind =
  /** The author of a scenario or the caller of an API gave something wrong. */
  | 'input'
  /** The far side, a carrier or a webhook did. */
  | 'remote'
  /** Out of ports, time, disk, capacity: try again. */
  | 'resource'
  /** An invariant of ours does not hold. */
  | 'bug';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The only error class that crosses a project's edge. `code` is stable (`sip.bad-start-line`), `message` is for people and
 * holds no personal data, `details` carry the facts apart from the message.
 */
export class CallwrightError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CallwrightError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

export const inputError = (code: string, message: string, details?: ErrorDetails, cause?: unknown) =>
  new CallwrightError('input', code, message, details, { cause });
export const remoteError = (code: string, message: string, details?: ErrorDetails, cause?: unknown) =>
  new CallwrightError('remote', code, message, details, { cause });
export const resourceError = (code: string, message: string, details?: ErrorDetails, cause?: unknown) =>
  new CallwrightError('resource', code, message, details, { cause });
export const bugError = (code: string, message: string, details?: ErrorDetails, cause?: unknown) =>
  new CallwrightError('bug', code, message, details, { cause });

export const isCallwrightError = (value: unknown): value is CallwrightError => value instanceof CallwrightError;

/** The text of anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** For the `default` of an exhaustive switch: does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw bugError('kernel.unreachable', `Unexpected value ${JSON.stringify(value)}`);
}
