import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { maskTokens } from '../logging/logger.js';
import type { Metrics } from '../metrics/metrics.js';

/** Counts and logs requests: the path without its query, tokens masked, bodies never. */
export const requestLog =
  (metrics: Metrics, logger: Logger): RequestHandler =>
  (request, response, next) => {
    const began = performance.now();
    response.once('close', () => {
      const ms = performance.now() - began;
      metrics.httpRequests.observe({ method: request.method, status: String(response.statusCode) }, ms / 1000);
      const path = maskTokens(request.originalUrl.split('?')[0] ?? '');
      logger.debug({ method: request.method, path, status: response.statusCode, ms: Math.round(ms) }, 'request');
    });
    next();
  };
