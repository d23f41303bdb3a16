import type { Json, JsonObject } from '@callwright/kernel';
import type { Scope } from './evaluate.js';

/** What is shown instead of a value that nobody may see. */
export const MASK = '•••';

/** The value as it may be shown. What says no more than yes, no or nothing is no secret, whatever it was made of. */
export const masked = (value: Json): Json =>
  value === null || value === '' || typeof value === 'boolean' ? value : MASK;

/** Objects whose secret values tell when they are read: not plain JSON yet. */
const watching = new WeakSet<object>();

export const isWatching = (value: object): boolean => watching.has(value);

/**
 * The same scope, which tells when a value at one of the places (`vars.pin`, `steps.ask.digits`) is read, by whatever way an
 * expression comes to it. The values themselves must be frozen.
 */
export function watched(scope: Scope, places: ReadonlySet<string>, onRead: () => void): Scope {
  const leadsOn = (path: string) => [...places].some((place) => place.startsWith(`${path}.`));
  const watch = (value: JsonObject, path: string): JsonObject => {
    const copy = {};
    for (const [key, inner] of Object.entries(value)) {
      const here = path === '' ? key : `${path}.${key}`;
      if (places.has(here)) defineRead(copy, key, () => (onRead(), inner));
      else {
        const value = isObject(inner) && leadsOn(here) ? watch(inner, here) : inner;
        Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
      }
    }
    watching.add(copy);
    return Object.freeze(copy);
  };
  return watch(scope as unknown as JsonObject, '') as unknown as Scope;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy that can be written to, in which secret values still tell when they are read. */
export function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const copy = {};
  for (const [key, { get, value: inner }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (get) defineRead(copy, key, () => copyOf(get()));
    else
      Object.defineProperty(copy, key, { value: copyOf(inner), enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

function defineRead(object: object, key: string, get: () => unknown): void {
  const set = (value: unknown) =>
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  Object.defineProperty(object, key, { get, set, enumerable: true, configurable: true });
}
