import type { Json, JsonObject } from '@callwright/kernel';
import type { ScenarioDocument } from '../document.js';
import type { DocumentChanges } from './edit.js';

/** What must be put back into `now` to get `before`. Unchanged parts are recognised by being the same objects. */
export function changesBetween(now: ScenarioDocument, before: ScenarioDocument): DocumentChanges {
  const parts: Record<string, Json | null> = {};
  for (const key of new Set([...Object.keys(now), ...Object.keys(before)])) {
    if (key !== 'states' && now[key] !== before[key]) parts[key] = before[key] ?? null;
  }
  const ids = Object.keys(before.states);
  const changes: [string, JsonObject | null][] = [
    ...ids
      .filter((id) => own(now.states, id) !== before.states[id])
      .map((id): [string, JsonObject | null] => [id, before.states[id] ?? null]),
    ...Object.keys(now.states)
      .filter((id) => !Object.hasOwn(before.states, id))
      .map((id): [string, null] => [id, null]),
  ];
  const sameOrder = Object.keys(now.states).join() === ids.join();
  return { parts, states: Object.fromEntries(changes), ...(sameOrder ? {} : { order: ids }) };
}

export function restored(document: ScenarioDocument, { parts, states, order }: DocumentChanges): ScenarioDocument {
  const merged: Record<string, JsonObject | null> = { ...document.states, ...states };
  const ids = order ?? Object.keys(merged);
  const known = ids.flatMap((id): [string, JsonObject][] => {
    const state = own(merged, id);
    return state ? [[id, state]] : [];
  });
  const rest = Object.entries({ ...document, ...parts }).filter(
    ([key, value]) => key !== 'states' && (value !== null || !Object.hasOwn(parts, key)),
  );
  return { ...Object.fromEntries(rest), states: Object.fromEntries(known) } as unknown as ScenarioDocument;
}

const own = <Value>(object: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
