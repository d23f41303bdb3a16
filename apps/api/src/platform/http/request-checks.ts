import type { NextFunction, Request, RequestHandler, Response } from 'express';
import express from 'express';
import { apiError, invalid } from '../../errors.js';

/** Large enough for an imported scenario of 5 MB. */
const JSON_LIMIT = '8mb';

export const jsonBody: RequestHandler = express.json({ limit: JSON_LIMIT, strict: false, type: 'application/json' });

/** No path and no query of ours holds a NUL, and PostgreSQL refuses it. */
export function refuseNul(request: Request, _response: Response, next: NextFunction): void {
  if (/%00|\0/i.test(request.url)) next(invalid([{ path: '', message: 'the address must not hold a NUL' }]));
  else next();
}

/** A body that is neither JSON nor an upload is not silently taken for an empty one. */
export function refuseOtherBodies(request: Request, _response: Response, next: NextFunction): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody && !request.is('application/json') && !request.is('multipart/form-data'))
    next(apiError('input.unsupported-type'));
  else next();
}
