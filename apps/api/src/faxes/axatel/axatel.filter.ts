import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { CallwrightError } from '@callwright/kernel';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { asCallwrightError } from '../../platform/errors/error.filter.js';
import { LOGGER } from '../../platform/tokens.js';

/** Codes of the envelope. 1501 is Axatel's own; the others are HTTP's. */
export const NO_SPACE = 1501;

const STATUS: Readonly<Record<string, number>> = { input: 400, remote: 502, resource: 503, bug: 500 };
const CODES: Readonly<Record<string, { readonly status: number; readonly result: number }>> = {
  'auth.required': { status: 401, result: 401 },
  'auth.forbidden': { status: 403, result: 403 },
  'media.quota': { status: 507, result: NO_SPACE },
  'input.not-found': { status: 404, result: 404 },
  'input.too-large': { status: 413, result: 413 },
};

/** Errors in the envelope that these programs know. */
@Catch()
export class AxatelFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { status, result, message } = said(asCallwrightError(thrown));
    if (status === 500) this.logger.error({ err: thrown }, 'a request failed');
    response.status(status).json({ resultcode: result, resultmsg: message });
  }
}

function said(error: CallwrightError): { status: number; result: number; message: string } {
  const status = STATUS[error.kind] ?? 500;
  const known = CODES[error.code] ?? { status, result: status };
  if (known.result === NO_SPACE) return { ...known, message: 'Not enough free disk space' };
  return { ...known, message: error.kind === 'bug' ? 'Internal error' : error.message };
}
