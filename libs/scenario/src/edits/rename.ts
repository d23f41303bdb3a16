import type { Json } from '@callwright/kernel';
import { hasExpression } from '@callwright/expression';

/** Changes `steps.FROM` to `steps.TO` in every `{{ }}` and every `when` of a value; what has none stays the same object. */
export const renameInExpressions = (value: Json, from: string, to: string): Json =>
  replaceInExpressions(value, new Map([[`steps.${from}`, `steps.${to}`]]));

/** Changes paths (`vars.tries`) to other expressions in every `{{ }}` and every `when` of a value, all of them at once. */
export function replaceInExpressions(value: Json, replacements: ReadonlyMap<string, string>): Json {
  if (replacements.size === 0) return value;
  // The longest first: `steps.menu.digits` before `steps.menu`.
  const paths = [...replacements.keys()].sort((a, b) => b.length - a.length).map((path) => path.replaceAll('.', '\\.'));
  const pattern = new RegExp(`(?<![\\w.$])(?:${paths.join('|')})(?!\\w)`, 'g');
  const walk = (inner: Json, name: string): Json => {
    if (typeof inner === 'string') {
      if (name !== 'when' && !hasExpression(inner)) return inner;
      return inner.replace(pattern, (path) => replacements.get(path) ?? path);
    }
    if (typeof inner !== 'object' || inner === null) return inner;
    if (Array.isArray(inner)) {
      const list = inner.map((one: Json) => walk(one, name));
      return list.every((one, place) => one === inner[place]) ? inner : list;
    }
    const entries = Object.entries(inner).map(([field, one]): [string, Json, boolean] => {
      const next = walk(one, field);
      return [field, next, next === one];
    });
    return entries.every(([, , same]) => same)
      ? inner
      : Object.fromEntries(entries.map(([field, next]) => [field, next]));
  };
  return walk(value, '');
}
