import type { Json, JsonObject } from '@callwright/kernel';
import type { ScenarioDocument } from '../document.js';

/**
 * A document with the wires of a node by their outcome instead of in a list, so that two documents can be laid side by side: what is
 * at a path of one belongs to what is at the same path of the other.
 */
export type Tree = JsonObject;
/** Keys from the root of a tree: `['states', 'menu', 'invoke', 'onDone', 'sales']`. */
export type TreePath = readonly string[];

/** Under this key `onDone` is kept as it is when it is no list of wires with different outcomes. No outcome is empty. */
const AS_IT_IS = '';

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const treeOf = (document: ScenarioDocument): Tree => withWires(document as unknown as JsonObject, byOutcome);

export const documentOfTree = (tree: Tree): ScenarioDocument => withWires(tree, inList) as unknown as ScenarioDocument;

/** The outcome that a wire belongs to; null: it is no wire. */
export function outcomeOfWire(wire: Json | undefined): string | null {
  const is = at(wire, 'guard', 'params', 'is');
  return typeof is === 'string' && is !== '' ? is : null;
}

/** Where a wire leads. */
export function targetOfWire(wire: Json | undefined): string | null {
  const target = at(wire, 'target');
  return typeof target === 'string' ? target : null;
}

/** Equal in every value and in the order of keys; what is the same object is not looked at. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((inner: Json, index) => same(inner, b[index] as Json))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const [mine, other] = [Object.keys(a), Object.keys(b)];
  return mine.length === other.length && mine.every((key, index) => key === other[index] && same(a[key], b[key]));
}

export function at(value: Json | undefined, ...path: TreePath): Json | undefined {
  let found = value;
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

function withWires(root: JsonObject, change: (onDone: Json) => Json): JsonObject {
  const { states } = root;
  if (!isObject(states)) return root;
  const changed = Object.entries(states).map(([id, state]): [string, Json] => {
    const invoke = at(state, 'invoke');
    if (!isObject(state) || !isObject(invoke) || !Object.hasOwn(invoke, 'onDone')) return [id, state];
    return [id, { ...state, invoke: { ...invoke, onDone: change(invoke['onDone'] as Json) } }];
  });
  return { ...root, states: Object.fromEntries(changed) };
}

function byOutcome(onDone: Json): Json {
  const wires = Array.isArray(onDone) ? (onDone as readonly Json[]) : null;
  const outcomes = wires?.map(outcomeOfWire) ?? [];
  if (!wires || outcomes.includes(null) || new Set(outcomes).size < outcomes.length) return { [AS_IT_IS]: onDone };
  return Object.fromEntries(wires.map((wire, index) => [outcomes[index], wire]));
}

function inList(onDone: Json): Json {
  if (!isObject(onDone)) return onDone;
  const { [AS_IT_IS]: asItIs, ...wires } = onDone;
  return asItIs === undefined ? Object.values(wires) : asItIs;
}
