import type { LoggerService } from '@nestjs/common';
import { type Logger, type LoggerOptions, pino } from 'pino';
import type { Config } from '../config/config.js';

/** Tokens in a text are masked: their prefix says what they are (`cws_…`, `cwt_…`), as does their place in an Axatel path. */
export const maskTokens = (text: string): string =>
  text.replace(/\b(cw[stu])_[A-Za-z0-9_-]{8,}/g, '$1_…').replace(/(\/token\/v1\/)[^/?#]+/g, '$1…');

/** Lines of JSON on stderr: stdout says where the product is, and nothing else. */
export const createLogger = (config: Pick<Config, 'LOG_LEVEL'>): Logger =>
  pino(loggerSettings(config), pino.destination({ dest: 2, sync: false }));

export const loggerSettings = (config: Pick<Config, 'LOG_LEVEL'>): LoggerOptions => ({
  level: config.LOG_LEVEL,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ['password', 'token', '*.password', '*.token', 'headers.authorization', 'headers.cookie'],
    censor: '…',
  },
  serializers: { err: (error: unknown) => (error instanceof Error ? describe(error) : error) },
});

/** The error and its causes; parameters of failed queries stay out, for they hold what users typed. */
function describe(error: Error): object {
  const { code, details } = error as { code?: string; details?: unknown };
  return {
    type: error.name,
    message: maskTokens(error.message),
    stack: error.stack ? maskTokens(error.stack) : undefined,
    ...(code ? { code } : {}),
    ...(details ? { details } : {}),
    ...(error.cause instanceof Error ? { cause: describe(error.cause) } : {}),
  };
}

/** Nest's own lines through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown) {
    this.logger.debug(String(message));
  }
  error(message: unknown, ...rest: unknown[]) {
    this.logger.error({ rest: rest.map(String) }, String(message));
  }
  warn(message: unknown) {
    this.logger.warn(String(message));
  }
  debug(message: unknown) {
    this.logger.debug(String(message));
  }
  verbose(message: unknown) {
    this.logger.trace(String(message));
  }
}
