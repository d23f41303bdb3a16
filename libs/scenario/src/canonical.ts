import type { Json, JsonObject } from '@callwright/kernel';
import type { ScenarioDocument } from './document.js';

const ORDER = {
  document: ['$schema', 'id', 'version', 'description', 'meta', 'initial', 'on', 'states'],
  meta: ['format', 'name', 'variables', 'notes', 'groups'],
  note: ['x', 'y', 'width', 'height', 'color', 'text'],
  group: ['title', 'color', 'nodes'],
  state: ['type', 'description', 'meta', 'invoke'],
  stateMeta: ['canvas', 'label'],
  invoke: ['src', 'input', 'onDone'],
  wire: ['guard', 'target', 'reenter'],
} as const;

/** The same document with its keys in the one order, so that the difference of two versions reads like one. */
export function canonicalScenario(document: ScenarioDocument): ScenarioDocument {
  const { states, ...rest } = document;
  const ordered = {
    ...rest,
    ...(document.meta === undefined ? {} : { meta: rootMeta(document.meta) }),
    states: mapped(states, state) as ScenarioDocument['states'],
  };
  return sorted(ordered as JsonObject, ORDER.document) as unknown as ScenarioDocument;
}

/** The document as text: what is stored in files and compared. */
export const writeScenario = (document: ScenarioDocument): string =>
  `${JSON.stringify(canonicalScenario(document), null, 2)}\n`;

function rootMeta(value: Json): Json {
  const each = (order: readonly string[]) => (all: Json) =>
    isObject(all) ? mapped(all, (one) => sorted(one, order)) : all;
  return sorted(within(within(value, 'notes', each(ORDER.note)), 'groups', each(ORDER.group)), ORDER.meta);
}

function state(value: Json): Json {
  return sorted(
    within(
      within(value, 'meta', (meta) => sorted(meta, ORDER.stateMeta)),
      'invoke',
      invoke,
    ),
    ORDER.state,
  );
}

function invoke(value: Json): Json {
  const wires = (onDone: Json): Json =>
    Array.isArray(onDone) ? onDone.map((wire: Json) => sorted(wire, ORDER.wire)) : onDone;
  return sorted(within(value, 'onDone', wires), ORDER.invoke);
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const within = (value: Json, key: string, change: (inner: Json) => Json): Json =>
  isObject(value) && Object.hasOwn(value, key) ? { ...value, [key]: change(value[key] as Json) } : value;

const mapped = (value: JsonObject, change: (inner: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));

/** Known keys first, in their order; others follow in theirs. */
function sorted(value: Json, order: readonly string[]): Json {
  if (!isObject(value)) return value;
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => rank(a) - rank(b)));
}
