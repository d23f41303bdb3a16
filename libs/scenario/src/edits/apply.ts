import { deepFreeze, type Json, type JsonObject } from '@callwright/kernel';
import { ENDED, ERROR_EVENT, HANG_UP_EVENT, NODE_ID, SCENARIO_ID, type ScenarioDocument } from '../document.js';
import { scenarioError } from '../errors.js';
import { metaOf, nodesOf, type Wire } from '../reading.js';
import { changesBetween, restored } from './changes.js';
import { groupsFollowing, pasteAnnotations, setGroup, setNote } from './annotations.js';
import type { CanvasPlace, Copied, Edit, NodeDraft } from './edit.js';
import { freeId } from './free-id.js';
import { renameInExpressions, replaceInExpressions } from './rename.js';

export interface Edited {
  readonly document: ScenarioDocument;
  /** Applied to `document`, gives what was before. */
  readonly inverse: Edit;
}

type States = ScenarioDocument['states'];

/**
 * Applies an edit. Throws `scenario.unknown-node`, `scenario.node-id-taken`, `scenario.bad-edit`. What did not change is shared
 * with the document that was given.
 */
export function applyEdit(document: ScenarioDocument, edit: Edit): Edited {
  const edited = deepFreeze(changed(document, edit));
  return { document: edited, inverse: { type: 'restore', changes: changesBetween(edited, document) } };
}

/** Several edits as one step of undo. */
export function applyEdits(document: ScenarioDocument, edits: readonly Edit[]): Edited {
  const edited = deepFreeze(edits.reduce(changed, document));
  return { document: edited, inverse: { type: 'restore', changes: changesBetween(edited, document) } };
}

function changed(document: ScenarioDocument, edit: Edit): ScenarioDocument {
  switch (edit.type) {
    case 'add-node':
      return addNode(document, edit.id, edit.node);
    case 'remove-node':
      return removeNode(document, edit.id);
    case 'rename-node':
      return renameNode(document, edit.id, edit.to);
    case 'move-nodes':
      return withStates(
        document,
        mapStates(document, (state, id) => moved(state, Object.hasOwn(edit.places, id) ? edit.places[id] : undefined)),
      );
    case 'configure':
      return changeState(document, edit.id, (state) =>
        within(state, 'invoke', (invoke) => ({ ...invoke, input: edit.input })),
      );
    case 'set-label':
      return changeState(document, edit.id, (state) =>
        within(state, 'meta', (meta) => withPart(meta, 'label', edit.label)),
      );
    case 'wire':
      mustLead(document, edit.target);
      return changeWires(withTarget(document, edit.target), edit.id, (wires) => wired(wires, edit));
    case 'unwire':
      return changeWires(document, edit.id, (wires) => wires.filter((wire) => outcomeOf(wire) !== edit.outcome));
    case 'set-initial':
      mustExist(document, edit.id);
      return { ...document, initial: edit.id };
    case 'rename-scenario':
      return { ...document, meta: { ...metaOf(document), name: edit.name } };
    case 'set-scenario-id':
      if (!SCENARIO_ID.test(edit.id))
        throw scenarioError('scenario.bad-edit', `"${edit.id}" is not an id of a scenario.`);
      return { ...document, id: edit.id };
    case 'set-variables':
      return { ...document, meta: { ...metaOf(document), variables: edit.variables } };
    case 'set-hang-up-path':
      return setPath(document, HANG_UP_EVENT, edit.id);
    case 'set-error-path':
      return setPath(document, ERROR_EVENT, edit.id);
    case 'paste':
      return paste(document, edit, edit.by);
    case 'set-note':
      return setNote(document, edit.id, edit.note);
    case 'set-group':
      return setGroup(document, edit.id, edit.group);
    case 'restore':
      return restored(document, edit.changes);
  }
}

function addNode(
  document: ScenarioDocument,
  id: string,
  { type, input = {}, label, canvas }: NodeDraft,
): ScenarioDocument {
  mustBeFree(document, id);
  const meta = {
    ...(canvas ? { canvas: { x: canvas.x, y: canvas.y } } : {}),
    ...(label === undefined ? {} : { label }),
  };
  const state: JsonObject = {
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
    invoke: { src: type, input, onDone: [] },
  };
  return withStates(document, endingLast({ ...document.states, [id]: state }));
}

function removeNode(document: ScenarioDocument, id: string): ScenarioDocument {
  mustExist(document, id);
  const { [id]: _removed, ...rest } = document.states;
  const without = groupsFollowing(
    retarget({ ...document, states: rest }, (target) => (target === id ? null : target)),
    (node) => (node === id ? null : node),
  );
  return without.initial === id ? { ...without, initial: '' } : without;
}

function renameNode(document: ScenarioDocument, id: string, to: string): ScenarioDocument {
  mustExist(document, id);
  if (id === to) return document;
  mustBeFree(document, to);
  const states = Object.fromEntries(
    Object.entries(document.states).map(([key, state]) => [
      key === id ? to : key,
      renameInExpressions(state, id, to) as JsonObject,
    ]),
  );
  const follow = (other: string) => (other === id ? to : other);
  const renamed = groupsFollowing(retarget({ ...document, states }, follow), follow);
  return renamed.initial === id ? { ...renamed, initial: to } : renamed;
}

function paste(document: ScenarioDocument, copied: Copied, by: CanvasPlace): ScenarioDocument {
  const { states } = copied;
  const taken = new Set(Object.keys(document.states));
  const ids = new Map<string, string>();
  for (const id of Object.keys(states)) {
    if (!NODE_ID.test(id)) throw scenarioError('scenario.bad-edit', `"${id}" is not an id of a node.`);
    const free = freeId(id, taken);
    taken.add(free);
    ids.set(id, free);
  }
  let pasted: ScenarioDocument = { id: document.id, states };
  pasted = retarget(
    pasted,
    (target) => ids.get(target) ?? (target === ENDED && Object.hasOwn(document.states, ENDED) ? ENDED : null),
  );
  // All at once: one after the other, `menu` → `menu_2` would be taken on by `menu_2` → `menu_3`.
  const renames = new Map(
    [...ids].flatMap(([from, to]) => (from === to ? [] : [[`steps.${from}`, `steps.${to}`] as const])),
  );
  const renamed = Object.entries(pasted.states).map(([id, state]): [string, JsonObject] => {
    const own = replaceInExpressions(state, renames) as JsonObject;
    const canvas = nodesOf({ id: '', states: { [id]: own } }).get(id)?.canvas;
    return [ids.get(id) ?? id, canvas ? moved(own, { x: canvas.x + by.x, y: canvas.y + by.y }) : own];
  });
  const whole = withStates(document, endingLast({ ...document.states, ...Object.fromEntries(renamed) }));
  return pasteAnnotations(whole, copied, ids, by);
}

/** Changes where wires and paths lead; null takes them away. */
function retarget(document: ScenarioDocument, to: (target: string) => string | null): ScenarioDocument {
  const states = mapStates(document, (state) =>
    mapWires(state, (wires) => wires.flatMap((wire) => retargeted(wire, to))),
  );
  const { on, ...rest } = document;
  if (typeof on !== 'object' || on === null || Array.isArray(on)) return withStates(document, states);
  const paths = Object.entries(on as JsonObject).flatMap(([event, path]): [string, Json][] => {
    if (typeof path !== 'string' || !path.startsWith('.')) return [[event, path]];
    const target = to(path.slice(1));
    return target === null ? [] : [[event, `.${target}`]];
  });
  return { ...rest, ...(paths.length > 0 ? { on: Object.fromEntries(paths) } : {}), states };
}

function retargeted(wire: JsonObject, to: (target: string) => string | null): JsonObject[] {
  const target = wire['target'];
  if (typeof target !== 'string') return [wire];
  const next = to(target);
  if (next === null) return [];
  return [next === target ? wire : { ...wire, target: next }];
}

const outcomeOf = (wire: JsonObject): unknown =>
  ((wire['guard'] as JsonObject | undefined)?.['params'] as JsonObject | undefined)?.['is'];

function wired(wires: readonly JsonObject[], { outcome, target }: Wire): readonly JsonObject[] {
  const wire: JsonObject = { guard: { type: 'outcome', params: { is: outcome } }, target, reenter: true };
  return wires.some((one) => outcomeOf(one) === outcome)
    ? wires.map((one) => (outcomeOf(one) === outcome ? wire : one))
    : [...wires, wire];
}

function setPath(document: ScenarioDocument, event: string, id: string | null): ScenarioDocument {
  if (id !== null) mustLead(document, id);
  const { on: _on, ...rest } = document;
  const on = withPart(objectOr(document.on), event, id === null ? null : `.${id}`);
  return Object.keys(on).length === 0
    ? rest
    : { ...(id === null ? rest : withTarget(rest as ScenarioDocument, id)), on };
}

const moved = (state: JsonObject, place: CanvasPlace | undefined): JsonObject =>
  place ? within(state, 'meta', (meta) => ({ ...meta, canvas: { x: place.x, y: place.y } })) : state;

const objectOr = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** Changes an inner object; takes it away when nothing is left in it. */
function within(state: JsonObject, key: string, change: (inner: JsonObject) => JsonObject): JsonObject {
  const inner = change(objectOr(state[key]));
  return withPart(state, key, Object.keys(inner).length === 0 ? null : inner);
}

function withPart(object: JsonObject, key: string, value: Json): JsonObject {
  const { [key]: _old, ...rest } = object;
  return value === null ? rest : { ...object, [key]: value };
}

const withStates = (document: ScenarioDocument, states: States): ScenarioDocument => ({ ...document, states });

function mapStates(document: ScenarioDocument, change: (state: JsonObject, id: string) => JsonObject): States {
  return Object.fromEntries(Object.entries(document.states).map(([id, state]) => [id, change(state, id)]));
}

function changeState(
  document: ScenarioDocument,
  id: string,
  change: (state: JsonObject) => JsonObject,
): ScenarioDocument {
  mustExist(document, id);
  return withStates(
    document,
    mapStates(document, (state, other) => (other === id ? change(state) : state)),
  );
}

function changeWires(
  document: ScenarioDocument,
  id: string,
  change: (wires: readonly JsonObject[]) => readonly JsonObject[],
): ScenarioDocument {
  return changeState(document, id, (state) =>
    within(state, 'invoke', (invoke) => ({ ...invoke, onDone: change(wiresIn(invoke)) })),
  );
}

const wiresIn = (invoke: JsonObject): readonly JsonObject[] =>
  Array.isArray(invoke['onDone'])
    ? (invoke['onDone'] as readonly Json[]).filter((wire): wire is JsonObject => objectOr(wire) === wire)
    : [];

/** Keeps a state as it is when none of its wires changes. */
function mapWires(state: JsonObject, change: (wires: readonly JsonObject[]) => readonly JsonObject[]): JsonObject {
  const invoke = objectOr(state['invoke']);
  const wires = wiresIn(invoke);
  const next = change(wires);
  const same = next.length === wires.length && next.every((wire, place) => wire === wires[place]);
  return same ? state : { ...state, invoke: { ...invoke, onDone: next } };
}

/** The ending stays at the end, where people look for it. */
function endingLast(states: States): States {
  const { [ENDED]: ending, ...rest } = states;
  return ending === undefined ? states : { ...rest, [ENDED]: ending };
}

function mustExist(document: ScenarioDocument, id: string): void {
  if (!nodesOf(document).has(id))
    throw scenarioError('scenario.unknown-node', `There is no node "${id}".`, { node: id });
}

/** The ending comes into the document with the first wire that leads to it. */
const withTarget = (document: ScenarioDocument, target: string): ScenarioDocument =>
  target !== ENDED || Object.hasOwn(document.states, ENDED)
    ? document
    : withStates(document, { ...document.states, [ENDED]: { type: 'final' } });

function mustLead(document: ScenarioDocument, target: string): void {
  if (target !== ENDED) mustExist(document, target);
}

function mustBeFree(document: ScenarioDocument, id: string): void {
  if (!NODE_ID.test(id)) throw scenarioError('scenario.bad-edit', `"${id}" is not an id of a node.`, { node: id });
  if (Object.hasOwn(document.states, id))
    throw scenarioError('scenario.node-id-taken', `There is already a node "${id}".`, { node: id });
}
