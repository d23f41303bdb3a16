import { CallwrightError, type ErrorDetails, type ErrorKind } from '@callwright/kernel';

interface ErrorFact {
  readonly kind: ErrorKind;
  readonly status: number;
  readonly message: string;
}

/** Every error code that the API itself gives: its HTTP status and a sentence. The reference page is generated from this table. */
export const API_ERRORS = {
  'input.invalid': { kind: 'input', status: 400, message: 'The request is not valid.' },
  'input.too-large': { kind: 'input', status: 413, message: 'The request is too large.' },
  'input.unsupported-type': { kind: 'input', status: 415, message: 'This route does not take that content type.' },
  'input.precondition-required': {
    kind: 'input',
    status: 428,
    message: 'Send If-Match with the ETag that you have read.',
  },
  'input.precondition-failed': {
    kind: 'input',
    status: 412,
    message: 'Somebody else has changed it meanwhile: read it again.',
  },
  'input.not-found': { kind: 'input', status: 404, message: 'There is no such thing here.' },
  'input.taken': { kind: 'input', status: 409, message: 'The name is taken.' },
  'auth.required': { kind: 'input', status: 401, message: 'Log in first.' },
  'auth.forbidden': { kind: 'input', status: 403, message: 'Your role does not allow this.' },
  'auth.wrong-credentials': { kind: 'input', status: 401, message: 'The e-mail address or the password is wrong.' },
  'auth.too-many-attempts': { kind: 'resource', status: 429, message: 'Too many failed attempts: wait a little.' },
  'auth.set-up-done': { kind: 'input', status: 409, message: 'An administrator exists already.' },
  'auth.wrong-set-up-token': { kind: 'input', status: 401, message: 'The set-up link is wrong or was used.' },
  'user.taken': { kind: 'input', status: 409, message: 'A user with this e-mail address exists.' },
  'user.last-admin': { kind: 'input', status: 409, message: 'A workspace keeps at least one active administrator.' },
  'scenario.id-taken': {
    kind: 'input',
    status: 409,
    message: 'Another scenario of this workspace has this document id.',
  },
  'scenario.test-taken': { kind: 'input', status: 409, message: 'The scenario has a test with this name.' },
  'scenario.in-use': { kind: 'input', status: 409, message: 'The scenario is in use.' },
  'scenario.has-errors': { kind: 'input', status: 409, message: 'The scenario has errors and cannot be published.' },
  'scenario.not-published': { kind: 'input', status: 409, message: 'The scenario has no such published version.' },
  'environment.taken': { kind: 'input', status: 409, message: 'An environment with this name exists.' },
  'environment.in-use': { kind: 'input', status: 409, message: 'The environment is in use.' },
  'environment.missing-bindings': {
    kind: 'input',
    status: 409,
    message: 'Names of the scenario mean nothing in this environment.',
  },
  'number.taken': { kind: 'input', status: 409, message: 'The number is taken.' },
  'phone.taken': { kind: 'input', status: 409, message: 'The user name is taken.' },
  'phone.in-use': { kind: 'input', status: 409, message: 'The phone is in use.' },
  'phone.link-over': {
    kind: 'input',
    status: 404,
    message: 'This link is over. Make a new one on the Phones page.',
  },
  'trunk.taken': { kind: 'input', status: 409, message: 'A trunk with this name exists.' },
  'trunk.in-use': { kind: 'input', status: 409, message: 'The trunk is in use.' },
  'schedule.taken': { kind: 'input', status: 409, message: 'A schedule with this name exists.' },
  'schedule.in-use': { kind: 'input', status: 409, message: 'The schedule is in use.' },
  'schedule.not-found': { kind: 'input', status: 404, message: 'There is no schedule with this name.' },
  'secret.taken': { kind: 'input', status: 409, message: 'A secret with this name exists.' },
  'secret.in-use': { kind: 'input', status: 409, message: 'The secret is in use.' },
  'secret.not-found': { kind: 'input', status: 404, message: 'There is no secret with this name.' },
  'secret.unreadable': {
    kind: 'resource',
    status: 500,
    message: 'A stored secret cannot be read: the key in the data folder is not the one it was written with.',
  },
  'media.unknown-format': { kind: 'input', status: 415, message: 'This is not an audio file that can be read.' },
  'media.taken': { kind: 'input', status: 409, message: 'A media file with this name exists.' },
  'media.in-use': { kind: 'input', status: 409, message: 'The media file is in use.' },
  'media.too-large': { kind: 'input', status: 413, message: 'The audio is too large or too long.' },
  'media.quota': {
    kind: 'resource',
    status: 413,
    message: 'The media of this workspace would be larger than allowed.',
  },
  'media.not-found': { kind: 'input', status: 404, message: 'There is no media file or recording with this name.' },
  'fax.document-taken': { kind: 'input', status: 409, message: 'A fax document with this name exists.' },
  'fax.bad-document': { kind: 'input', status: 415, message: 'The document cannot be made ready for fax.' },
  'fax.no-converter': {
    kind: 'resource',
    status: 503,
    message: 'A program that makes documents ready for fax is not installed; the message names its package.',
  },
  'fax.bad-options': {
    kind: 'input',
    status: 400,
    message: 'A fax option is unknown, has a wrong value, or contradicts another.',
  },
  'fax.key-reused': {
    kind: 'input',
    status: 409,
    message: 'This Idempotency-Key was used for another fax.',
  },
  'fax.over': { kind: 'input', status: 409, message: 'This fax is over.' },
  'http.blocked': { kind: 'input', status: 400, message: 'This address must not be reached from here.' },
  'http.bad-request': { kind: 'input', status: 400, message: 'The request cannot be sent as it is written.' },
  'http.timeout': { kind: 'remote', status: 504, message: 'The server did not answer in time.' },
  'http.no-connection': { kind: 'remote', status: 502, message: 'The server could not be reached.' },
  'http.too-large': { kind: 'remote', status: 502, message: 'The reply of the server is too large.' },
  'call.cannot-listen': {
    kind: 'resource',
    status: 503,
    message: 'The media layer in use cannot let anybody listen.',
  },
  'service.no-capacity': { kind: 'resource', status: 503, message: 'No more calls can be taken now.' },
  'server.database-away': { kind: 'resource', status: 503, message: 'The database does not answer.' },
  'server.failed': { kind: 'bug', status: 500, message: 'Something went wrong on our side.' },
} as const satisfies Record<string, ErrorFact>;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** One of the table's errors; `message` says more than the table does. */
export function apiError(
  code: ApiErrorCode,
  details: ErrorDetails = {},
  message?: string,
  cause?: unknown,
): CallwrightError {
  const fact = API_ERRORS[code];
  return new CallwrightError(fact.kind, code, message ?? fact.message, details, { cause });
}

export interface FieldProblem {
  /** Where in the request, with dots; empty: the whole. */
  readonly path: string;
  readonly message: string;
}

/** 400 with the fields that are wrong. */
export const invalid = (fields: readonly FieldProblem[]) =>
  apiError(
    'input.invalid',
    { fields },
    fields.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ') || undefined,
  );
