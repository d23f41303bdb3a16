import { ApiError } from '../api/client.js';

/** An error in words for the person in front of the page. */
export function describe(error: unknown): string {
  if (error instanceof ApiError) {
    const fields = Object.entries(error.fields).map(([path, message]) => `${path}: ${message}`);
    const wait = error.retryAfter === null ? '' : ` Try again in ${error.retryAfter} s.`;
    return [error.message, ...fields].join(' · ') + wait;
  }
  return error instanceof Error ? error.message : String(error);
}
