import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { CallwrightError, type ErrorKind, messageOf } from '@callwright/kernel';
import type { Response } from 'express';
import { MulterError } from 'multer';
import type { Logger } from 'pino';
import { API_ERRORS, apiError, invalid } from '../../errors.js';
import { LOGGER } from '../tokens.js';

/** A database that is away is not a bug of ours: `ECONNREFUSED` and its kin, and PostgreSQL's classes 08 and 57P. */
const DATABASE_AWAY = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|08...|57P..|SQLITE_(BUSY|FULL|IOERR|CANTOPEN).*)$/;

/** What PostgreSQL's driver says without any code. */
const CONNECTION_LOST =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Codes of the libraries whose status is not that of their kind. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'call.wrong-state': 409,
  'call.gone': 409,
  'call.recording-exists': 409,
  'call.already-recording': 409,
  'outbound.not-allowed': 403,
  'outbound.limit': 429,
};

const STATUS_OF_KIND: Record<ErrorKind, number> = { input: 400, remote: 502, resource: 503, bug: 500 };

/** Says what an error is worth in HTTP, and nothing of what is inside. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.answer(thrown, host.switchToHttp().getResponse<Response>());
  }

  answer(thrown: unknown, response: Response): void {
    const error = asCallwrightError(thrown);
    const status = statusOf(error);
    if (status === 500) this.logger.error({ err: thrown, code: error.code }, 'a request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (status === 429 || status === 503) {
      const { retryAfterS } = error.details as { retryAfterS?: number };
      response.setHeader('Retry-After', String(retryAfterS ?? 1));
    }
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="callwright"');
    if (status === 413 || status === 415) response.setHeader('Connection', 'close');
    // A route that gives audio or a document has named its type by now.
    response.type('json');
    response.status(status).json({ error: { code: error.code, message: error.message, details: error.details } });
  }
}

function statusOf(error: CallwrightError): number {
  const fact = (API_ERRORS as Record<string, { status: number } | undefined>)[error.code];
  return fact?.status ?? STATUS_OF_CODE[error.code] ?? STATUS_OF_KIND[error.kind];
}

/** What body parsers, multer, the router and the database throw, in our words. */
export function asCallwrightError(thrown: unknown): CallwrightError {
  if (thrown instanceof CallwrightError) return thrown;
  const { type, code, status, driverError } = (thrown ?? {}) as {
    type?: string;
    code?: string;
    status?: number;
    driverError?: { code?: string };
  };
  if (type === 'entity.too.large' || (code?.startsWith('LIMIT_') && code.endsWith('_SIZE')))
    return apiError('input.too-large');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return apiError('input.unsupported-type');
  if (type === 'entity.parse.failed') return invalid([{ path: '', message: 'the body is not JSON' }]);
  if (thrown instanceof MulterError) return invalid([{ path: thrown.field ?? '', message: messageOf(thrown) }]);
  const databaseCode = driverError?.code ?? code ?? '';
  if (DATABASE_AWAY.test(databaseCode) || CONNECTION_LOST.test(messageOf(thrown))) {
    return apiError('server.database-away', {}, undefined, thrown);
  }
  const httpStatus = thrown instanceof HttpException ? thrown.getStatus() : status;
  switch (httpStatus) {
    case undefined:
      return apiError('server.failed', {}, undefined, thrown);
    case 401:
      return apiError('auth.required');
    case 403:
      return apiError('auth.forbidden');
    case 404:
      return apiError('input.not-found');
    case 413:
      return apiError('input.too-large');
    case 415:
      return apiError('input.unsupported-type');
    default:
      return httpStatus < 500
        ? invalid([{ path: '', message: messageOf(thrown) }])
        : apiError('server.failed', {}, undefined, thrown);
  }
}
