import type { Path } from './finding.js';
import { DOCUMENT_LIMITS } from './limits.js';

/**
 * Why a value of unknown origin cannot be plain JSON of a decent size, or null. Without recursion, because depth is what an
 * attacker chooses.
 */
export function refusalOf(root: unknown): { readonly path: Path; readonly message: string } | null {
  const waiting: { value: unknown; path: Path }[] = [{ value: root, path: [] }];
  let values = 0;
  for (;;) {
    const next = waiting.pop();
    if (!next) return null;
    const { value, path } = next;
    if (++values > DOCUMENT_LIMITS.values)
      return { path: [], message: `has more than ${DOCUMENT_LIMITS.values} values` };
    if (path.length > DOCUMENT_LIMITS.depth)
      return { path: path.slice(0, 4), message: `is nested deeper than ${DOCUMENT_LIMITS.depth} levels` };
    if (typeof value === 'string') {
      if (value.length > DOCUMENT_LIMITS.string)
        return { path, message: `has more than ${DOCUMENT_LIMITS.string} characters` };
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) return { path, message: 'is not a number of JSON' };
    } else if (Array.isArray(value)) {
      for (let place = value.length - 1; place >= 0; place--)
        waiting.push({ value: value[place] as unknown, path: [...path, place] });
    } else if (typeof value === 'object' && value !== null) {
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) return { path, message: 'is not a plain object' };
      for (const [key, inner] of Object.entries(value)) {
        if (key === '__proto__') return { path, message: 'has a key named __proto__' };
        if (inner !== undefined) waiting.push({ value: inner, path: [...path, key] });
      }
    } else if (typeof value !== 'boolean' && value !== null) return { path, message: 'is not JSON' };
  }
}
