import type { Json } from '@callwright/kernel';

/** What counts as true, as JSONata's `$boolean` has it: nothing, zero, empty texts, lists and objects do not. */
export function isTrue(value: Json): boolean {
  if (Array.isArray(value)) return value.some(isTrue);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
