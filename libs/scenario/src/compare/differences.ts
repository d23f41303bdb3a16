import type { Json } from '@callwright/kernel';
import type { ScenarioDocument } from '../document.js';
import { sameJson } from './sameJson.js';
import { subjectOf, type Aspect, type Subject } from './subject.js';
import { isObject, same, targetOfWire, treeOf, type TreePath } from './tree.js';

/** One thing that is different between two documents. */
export interface Difference extends Subject {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Undefined: it was not there. Of a wire, the node that it leads to; of a node, its whole state. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * What changed from one document to another, down to single settings, in the order of the document. The order of keys is no
 * difference; that a node was moved on the canvas is one of the aspect `place`.
 */
export function differencesOf(from: ScenarioDocument, to: ScenarioDocument): readonly Difference[] {
  const found: Difference[] = [];
  compare(treeOf(from), treeOf(to), [], found);
  return found;
}

/** Those that a caller could notice: all but places, notes and frames on the canvas. */
export const thatMatter = (differences: readonly Difference[]): readonly Difference[] =>
  differences.filter(({ aspect }) => !['place', 'note', 'group'].includes(aspect));

function compare(before: Json | undefined, after: Json | undefined, path: TreePath, found: Difference[]): void {
  if (same(before, after)) return;
  const subject = subjectOf(path);
  if (isObject(before) && isObject(after) && !isWhole(subject)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(before[key], after[key], [...path, key], found);
    return;
  }
  if (subject.aspect === 'setting' && Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    before.forEach((inner: Json, index) => compare(inner, after[index] as Json, [...path, String(index)], found));
    return;
  }
  if (isGroup(path) && (before === undefined || after === undefined)) {
    // A list that was not there has all its members new: each is told, and not the list.
    compare(before ?? {}, after ?? {}, path, found);
    return;
  }
  if (isWhole(subject) && sameJson(before, after)) return;
  const shown = (value: Json | undefined) => (subject.aspect === 'wire' ? (targetOfWire(value) ?? value) : value);
  const [was, is] = [shown(before), shown(after)];
  if (subject.aspect === 'wire' && was === is) return;
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  found.push({ ...subject, kind, before: was, after: is });
}

/** Parts that are there for their members alone. */
const isGroup = (path: TreePath): boolean =>
  ['meta', 'on', 'meta/variables', 'meta/notes', 'meta/groups'].includes(path.join('/')) ||
  (path[0] === 'states' && ['meta', 'invoke/input', 'invoke/onDone'].includes(path.slice(2).join('/')));

/** Parts that are one thing, although they are written as an object. */
const isWhole = ({ aspect, path }: Subject): boolean => aspect === 'place' || (MEMBERS.has(aspect) && path.length > 0);

const MEMBERS: ReadonlySet<Aspect> = new Set(['wire', 'variable', 'note', 'group']);
