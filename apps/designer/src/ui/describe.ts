import { ApiError } from '../api/client.js';
import { t } from '../i18n/i18n.js';

/** An error in words for the person in front of the page. */
export function describe(error: unknown): string {
  if (error instanceof ApiError) {
    const fields = Object.entries(error.fields).map(([path, message]) => `${path}: ${message}`);
    const wait = error.retryAfter === null ? '' : ` ${t('Try again in {{seconds}} s.', { seconds: error.retryAfter })}`;
    return [error.message, ...fields].join(' · ') + wait;
  }
  return error instanceof Error ? error.message : String(error);
}
