/** Whether two JSON values say the same. The order of keys says nothing; undefined is absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = (value: object) => Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [key]));
  const [left, right] = [keys(a), keys(b)];
  if (left.length !== right.length) return false;
  return left.every((key) => sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
