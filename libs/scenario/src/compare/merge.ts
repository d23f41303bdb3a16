import { deepFreeze, type Json, type JsonObject } from '@callwright/kernel';
import { canonicalScenario } from '../canonical.js';
import type { ScenarioDocument } from '../document.js';
import { subjectOf, type Subject } from './subject.js';
import {
  at,
  documentOfTree,
  isObject,
  outcomeOfWire,
  same,
  targetOfWire,
  type Tree,
  treeOf,
  type TreePath,
} from './tree.js';

export type Side = 'base' | 'mine' | 'theirs';

/** Something that both have changed, each in another way. Undefined: it is not there. */
export interface Collision extends Subject {
  /** The same for the same place of the document, whatever else differs. */
  readonly key: string;
  readonly base: Json | undefined;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

export interface Merged {
  readonly document: ScenarioDocument;
  /** In the order of the document. Each is decided by `choices`, else as it is in `mine`. */
  readonly collisions: readonly Collision[];
}

/**
 * Joins two documents that began as the same one. Nodes, settings, wires and variables that only one side has changed are taken
 * from that side; where both have, somebody must choose. Places on the canvas never collide: a node is where `mine` has it. A node
 * that one side removes and the other changes, or newly leads to, is a collision of the node. The result leads nowhere that one
 * of the three did not.
 */
export function mergeScenarios(
  base: ScenarioDocument,
  mine: ScenarioDocument,
  theirs: ScenarioDocument,
  choices: ReadonlyMap<string, Side> = new Map(),
): Merged {
  const trees = { base: treeOf(base), mine: treeOf(mine), theirs: treeOf(theirs) };
  const merge = new Merge(choices, new Set([...wantedBy(trees, 'mine'), ...wantedBy(trees, 'theirs')]));
  const tree = merge.trees(trees);
  const gone = (id: string) =>
    at(tree, 'states', id) === undefined && Object.values(trees).some((one) => at(one, 'states', id) !== undefined);
  return {
    document: deepFreeze(canonicalScenario(documentOfTree(withoutWiresTo(tree, gone)))),
    collisions: merge.collisions,
  };
}

type Trees = Readonly<Record<Side, Tree>>;
type Maybe = Json | undefined;

class Merge {
  readonly collisions: Collision[] = [];

  constructor(
    private readonly choices: ReadonlyMap<string, Side>,
    /** Nodes that one side has removed and the other leads to. */
    private readonly wanted: ReadonlySet<string>,
  ) {}

  trees({ base, mine, theirs }: Trees): Tree {
    return this.objects(base, mine, theirs, []);
  }

  /** `whole`: an item of a list; half of one and half of another would be neither. */
  private values(base: Maybe, mine: Maybe, theirs: Maybe, path: TreePath, whole = false): Maybe {
    if (same(mine, theirs)) return mine;
    if (!this.holdsWanted(path)) {
      if (same(base, mine)) return theirs;
      if (same(base, theirs)) return mine;
    }
    const subject = subjectOf(path);
    if (subject.aspect === 'place') return mine ?? theirs;
    if (!whole && isObject(mine) && isObject(theirs) && joins(subject, base, mine, theirs))
      return this.objects(isObject(base) ? base : {}, mine, theirs, path);
    const lists = whole || subject.aspect !== 'setting' ? null : listsOfOneLength(base, mine, theirs);
    if (lists) {
      return lists.mine.map(
        (one, index) =>
          this.values(lists.base[index], one, lists.theirs[index], [...path, String(index)], true) as Json,
      );
    }
    // Two people put different nodes into one frame: both are in it.
    if (subject.aspect === 'group' && subject.path[1] === 'nodes') return joinedSet(base, mine, theirs);
    const key = JSON.stringify(path);
    this.collisions.push({ ...subject, key, base, mine, theirs });
    return { base, mine, theirs }[this.choices.get(key) ?? 'mine'];
  }

  /** Whether a node that is removed and wanted is here: then not even an untouched side settles it. */
  private holdsWanted([part, id, ...inner]: TreePath): boolean {
    if (part !== 'states' || inner.length > 0) return false;
    return id === undefined ? this.wanted.size > 0 : this.wanted.has(id);
  }

  private objects(base: JsonObject, mine: JsonObject, theirs: JsonObject, path: TreePath): JsonObject {
    const keys = keysInOrder(Object.keys(base), Object.keys(mine), Object.keys(theirs));
    const entries = keys.flatMap((key): [string, Json][] => {
      const value = this.values(own(base, key), own(mine, key), own(theirs, key), [...path, key]);
      return value === undefined ? [] : [[key, value]];
    });
    return Object.fromEntries(entries);
  }
}

/** Whether two objects are joined member by member, or are one thing each. */
function joins(subject: Subject, base: Maybe, mine: JsonObject, theirs: JsonObject): boolean {
  switch (subject.aspect) {
    case 'node':
      return isObject(base);
    case 'type':
      // The settings of two types of node do not mix.
      return mine['src'] === theirs['src'];
    case 'wire':
    case 'variable':
      return subject.path.length === 0;
    case 'note':
    case 'group':
      return subject.path.length === 0 || isObject(base);
    default:
      return true;
  }
}

/** When all three have the same length nobody has put in or taken out, and they are joined item by item. */
function listsOfOneLength(base: Maybe, mine: Maybe, theirs: Maybe): Record<Side, readonly Json[]> | null {
  if (!Array.isArray(base) || !Array.isArray(mine) || !Array.isArray(theirs)) return null;
  return base.length === mine.length && mine.length === theirs.length ? { base, mine, theirs } : null;
}

/** What mine holds, with what theirs has put in and without what theirs has taken out. */
function joinedSet(base: Maybe, mine: Maybe, theirs: Maybe): readonly Json[] {
  const [before, ours, others] = [base, mine, theirs].map((list) => (Array.isArray(list) ? (list as Json[]) : []));
  const removed = (item: Json) => before?.includes(item) && !others?.includes(item);
  const added = others?.filter((item) => !before?.includes(item) && !ours?.includes(item)) ?? [];
  return [...(ours ?? []).filter((item) => !removed(item)), ...added];
}

/** The order of `mine`, or of `theirs` when only they have changed it; what the other side adds comes behind its neighbour. */
function keysInOrder(base: readonly string[], mine: readonly string[], theirs: readonly string[]): readonly string[] {
  const [leading, other] = sameOrder(base, mine) ? [theirs, mine] : [mine, theirs];
  const keys = [...leading];
  other.forEach((key, index) => {
    if (keys.includes(key)) return;
    const before = other.slice(0, index).findLast((one) => keys.includes(one));
    keys.splice(before === undefined ? 0 : keys.indexOf(before) + 1, 0, key);
  });
  return keys;
}

const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index]);

const own = (object: JsonObject, key: string): Maybe => (Object.hasOwn(object, key) ? object[key] : undefined);

/** Nodes that this side newly leads to and the other side has removed. */
function wantedBy(trees: Trees, side: 'mine' | 'theirs'): readonly string[] {
  const other = side === 'mine' ? trees.theirs : trees.mine;
  const before = leadsOf(trees.base);
  const newly = [...leadsOf(trees[side])].filter(([place, id]) => before.get(place) !== id);
  return newly
    .map(([, id]) => id)
    .filter((id) => at(trees.base, 'states', id) !== undefined && at(other, 'states', id) === undefined);
}

/** Where the beginning, the paths and the wires lead, by their place. */
function leadsOf(tree: Tree): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (place: string, id: Maybe) => typeof id === 'string' && found.set(place, id.replace(/^\./, ''));
  add('initial', tree['initial']);
  for (const [event, path] of membersOf(tree['on'])) add(`on ${event}`, path);
  for (const [id, state] of membersOf(tree['states'])) {
    for (const [outcome, wire] of membersOf(at(state, 'invoke', 'onDone')))
      add(`${id} ${outcome}`, targetOfWire(wire) ?? undefined);
  }
  return found;
}

const membersOf = (value: Maybe): readonly (readonly [string, Json])[] =>
  isObject(value) ? Object.entries(value) : [];

function withoutWiresTo(tree: Tree, gone: (id: string) => boolean): Tree {
  const states = membersOf(tree['states']).map(([id, state]): [string, Json] => {
    const [invoke, wires] = [at(state, 'invoke'), at(state, 'invoke', 'onDone')];
    if (!isObject(state) || !isObject(invoke) || !isObject(wires)) return [id, state];
    const kept = Object.entries(wires).filter(
      ([, wire]) => outcomeOfWire(wire) === null || !gone(targetOfWire(wire) ?? ''),
    );
    if (kept.length === Object.keys(wires).length) return [id, state];
    return [id, { ...state, invoke: { ...invoke, onDone: Object.fromEntries(kept) } }];
  });
  const on = membersOf(tree['on']);
  const paths = on.filter(([, path]) => typeof path !== 'string' || !gone(path.replace(/^\./, '')));
  const { on: before, initial, ...rest } = tree;
  const none = before === undefined || (on.length > 0 && paths.length === 0);
  return {
    ...rest,
    ...(initial === undefined ? {} : { initial: typeof initial === 'string' && gone(initial) ? '' : initial }),
    ...(none ? {} : { on: paths.length < on.length ? Object.fromEntries(paths) : before }),
    states: Object.fromEntries(states),
  };
}
