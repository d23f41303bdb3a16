import type { Json, JsonObject } from '@callwright/kernel';
import { MASK } from '@callwright/expression';

/** Between the digits of a secret that is read out there may be one of these. */
const BETWEEN = '[\\s,.;:_-]{0,3}';

/** Fields of events that hold words of ours, ids of the drawing, or times: never a secret. */
const OURS: ReadonlySet<string> = new Set([
  'name',
  'callId',
  'scenarioId',
  'version',
  'seq',
  'at',
  'node',
  'type',
  'outcome',
  'durationMs',
  'method',
  'reason',
  'direction',
  'level',
]);

/** Knows the secrets of a call, and takes them out of what is shown. Expressions still see them. */
export class Mask {
  readonly #secrets = new Set<string>();
  #pattern: RegExp | null = null;

  add(secret: string): void {
    if (secret === '' || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    // The longest first: what is left of a long secret must not stay when a short one is a part of it.
    const longestFirst = [...this.#secrets].sort((a, b) => b.length - a.length);
    this.#pattern = new RegExp(longestFirst.map((one) => [...one].map(escaped).join(BETWEEN)).join('|'), 'g');
  }

  /** Masks the free fields of an event. */
  event<Event extends object>(event: Event): Event {
    if (!this.#pattern) return event;
    const entries = Object.entries(event as JsonObject).map(([key, value]) => [
      key,
      OURS.has(key) ? value : key === 'changes' ? this.named(value as JsonObject) : this.value(value),
    ]);
    return Object.fromEntries(entries) as Event;
  }

  /** Values by the names that the drawing gives them, of nodes or variables: a `door_2` tells nothing of a secret 2. */
  named(values: JsonObject): JsonObject {
    if (!this.#pattern) return values;
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.value(value)]));
  }

  value(value: Json): Json {
    if (!this.#pattern) return value;
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') return this.#secrets.has(String(value)) ? MASK : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((inner: Json) => this.value(inner));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [this.text(key), this.value(inner)]));
  }

  text(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, MASK) : text;
  }
}

const escaped = (character: string): string => character.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
