import { dialledNumber } from '@callwright/sip';

/** What comes before the first digit: `+`, or what a service code such as `*21` or `##002` begins with. */
const PATTERN = /^(\+|[*#]{0,2})[0-9][0-9#]*\*?$/;

/**
 * A number, or a prefix with `*` at its end; null: neither. Visual separators are removed; `*` alone is every number. Service codes
 * may begin with a star; within a number there is none, because nobody could tell it from the sign for "and so on".
 */
export function parsePattern(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '*') return '*';
  const number = dialledNumber(trimmed);
  return number !== null && PATTERN.test(number) ? number : null;
}

export const isPrefix = (pattern: string) => pattern.endsWith('*');
