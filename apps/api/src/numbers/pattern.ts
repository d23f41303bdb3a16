import { dialledNumber } from '@callwright/sip';

/** A number, or a prefix with `*` at its end; null: neither. Visual separators are removed; `*` alone is every number. */
export function parsePattern(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '*') return '*';
  return dialledNumber(trimmed);
}

export const isPrefix = (pattern: string) => pattern.endsWith('*');
