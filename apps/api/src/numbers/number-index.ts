import { isPrefix } from './pattern.js';

/** Finds the entry of a number in memory: the exact one, else the longest prefix. */
export class NumberIndex<T> {
  readonly #exact = new Map<string, T>();
  readonly #prefixes = new Map<string, T>();
  #longest = 0;

  constructor(entries: Iterable<readonly [pattern: string, entry: T]>) {
    for (const [pattern, entry] of entries) {
      if (isPrefix(pattern)) {
        const prefix = pattern.slice(0, -1);
        this.#prefixes.set(prefix, entry);
        this.#longest = Math.max(this.#longest, prefix.length);
      } else {
        this.#exact.set(pattern, entry);
      }
    }
  }

  find(number: string): T | null {
    const exact = this.#exact.get(number);
    if (exact !== undefined) return exact;
    for (let length = Math.min(this.#longest, number.length); length >= 0; length--) {
      const entry = this.#prefixes.get(number.slice(0, length));
      if (entry !== undefined) return entry;
    }
    return null;
  }
}
