import { apiError } from '../errors.js';

export const etagOf = (revision: number) => `"${revision}"`;

/** 428 without If-Match, 412 when it names another revision (RFC 9110 13.1.1: strong comparison, a list, or `*`). */
export function requireMatch(ifMatch: string | undefined, revision: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '') throw apiError('input.precondition-required');
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.includes('*') && !tags.includes(etagOf(revision)))
    throw apiError('input.precondition-failed', { revision });
}
