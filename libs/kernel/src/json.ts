export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const deeplyFrozen = new WeakSet<object>();

/** Freezes a value and everything it holds, and gives it back. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || deeplyFrozen.has(value)) return value;
  Object.freeze(value);
  deeplyFrozen.add(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
