import { splitOutside } from '../grammar.js';
import { headerKey, LISTS } from './header-names.js';

export interface HeaderField {
  /** As it is written on the wire. */
  readonly name: string;
  /** Unfolded and trimmed. */
  readonly value: string;
}

interface Entry extends HeaderField {
  readonly key: string;
}

/**
 * The header fields of a message in the order in which they came, unknown ones included. Names are compared without case,
 * compact forms are known. Values are parsed when somebody asks for them, and once.
 */
export class Headers {
  #entries: Entry[] = [];
  #read = new Map<string, unknown>();

  static of(fields: readonly (readonly [name: string, value: string])[]): Headers {
    const headers = new Headers();
    for (const [name, value] of fields) headers.add(name, value);
    return headers;
  }

  get size(): number {
    return this.#entries.length;
  }

  *[Symbol.iterator](): IterableIterator<HeaderField> {
    yield* this.#entries;
  }

  has(name: string): boolean {
    const key = headerKey(name);
    return this.#entries.some((entry) => entry.key === key);
  }

  /** The first value as it stands, or undefined. */
  get(name: string): string | undefined {
    const key = headerKey(name);
    return this.#entries.find((entry) => entry.key === key)?.value;
  }

  /** Every value of that name as it stands, one for each field. */
  all(name: string): string[] {
    const key = headerKey(name);
    const values: string[] = [];
    for (const entry of this.#entries) if (entry.key === key) values.push(entry.value);
    return values;
  }

  /** Every element of a list header, wherever the commas are. A value with an open quote is one element. */
  list(name: string): readonly string[] {
    return this.read(`${headerKey(name)} list`, () =>
      this.all(name).flatMap((value) => (value === '' ? [] : (splitOutside(value, ',') ?? [value]))),
    );
  }

  /** Tags of a list header in lower case: `Supported`, `Require`, `Allow`. */
  tags(name: string): readonly string[] {
    return this.list(name).map((tag) => tag.toLowerCase());
  }

  add(name: string, value: string): this {
    this.#entries.push({ name, value, key: headerKey(name) });
    this.#changed();
    return this;
  }

  prepend(name: string, value: string): this {
    this.#entries.unshift({ name, value, key: headerKey(name) });
    this.#changed();
    return this;
  }

  /** Replaces every field of that name by one, at the place of the first. */
  set(name: string, value: string): this {
    const key = headerKey(name);
    const place = this.#entries.findIndex((entry) => entry.key === key);
    if (place < 0) return this.add(name, value);
    this.#entries = this.#entries.filter((entry, i) => entry.key !== key || i === place);
    this.#entries[place] = { name, value, key };
    this.#changed();
    return this;
  }

  remove(name: string): this {
    const key = headerKey(name);
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    this.#changed();
    return this;
  }

  /** Takes the first element of a list header away (a Route, a Via). */
  removeFirst(name: string): this {
    const rest = this.list(name).slice(1);
    const spelling = this.#entries.find((entry) => entry.key === headerKey(name))?.name ?? name;
    const key = headerKey(name);
    const place = this.#entries.findIndex((entry) => entry.key === key);
    if (place < 0) return this;
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    this.#entries.splice(place, 0, ...rest.map((value) => ({ name: spelling, value, key })));
    this.#changed();
    return this;
  }

  clone(): Headers {
    const copy = new Headers();
    copy.#entries = [...this.#entries];
    return copy;
  }

  /** What was made of a value, made once until a header field changes. */
  read<T>(what: string, make: () => T): T {
    if (this.#read.has(what)) return this.#read.get(what) as T;
    const made = make();
    this.#read.set(what, made);
    return made;
  }

  /** By name, each with its values: what the rest of the product sees of a message. */
  toRecord(): Record<string, string[]> {
    const record: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
    const names = new Map<string, string>();
    for (const { name, value, key } of this.#entries) {
      const spelling = names.get(key) ?? name;
      names.set(key, spelling);
      const elements = LISTS.has(key) ? (splitOutside(value, ',') ?? [value]) : [value];
      (record[spelling] ??= []).push(...elements);
    }
    return { ...record };
  }

  #changed(): void {
    if (this.#read.size > 0) this.#read.clear();
  }
}
