import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { isCallwrightError } from '@callwright/kernel';
import type { Response } from 'express';

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
  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { status, result, message } = said(error);
    response.status(status).json({ resultcode: result, resultmsg: message });
  }
}

function said(error: unknown): { status: number; result: number; message: string } {
  if (isCallwrightError(error)) {
    const status = STATUS[error.kind] ?? 500;
    const known = CODES[error.code] ?? { status, result: status };
    if (known.result === NO_SPACE) return { ...known, message: 'Not enough free disk space' };
    return { ...known, message: error.kind === 'bug' ? 'Internal error' : error.message };
  }
  if (error instanceof HttpException)
    return { status: error.getStatus(), result: error.getStatus(), message: error.message };
  return { status: 500, result: 500, message: 'Internal error' };
}
