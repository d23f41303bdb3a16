import { CallwrightError, type Json, type JsonObject } from '@callwright/kernel';
import { asText, masked } from '@callwright/expression';
import { replaceAt } from '@callwright/scenario';
import type { CompiledNode } from '../compile/compile.js';
import type { NodeDone } from '../compile/machine.js';
import type { SecretField } from './evaluation.js';

/** One stay at a node. */
export class Visit {
  readonly controller = new AbortController();
  /** Resolves when the node has given its result. */
  readonly finished: Promise<void>;
  /** Resolves when its outcome counts although the call has ended meanwhile. */
  readonly goesOn: Promise<void>;
  /** Once it is evaluated. */
  config: JsonObject | null = null;
  /** What the node gave, as soon as it did. */
  result: NodeDone | null = null;
  /** The fault, when the outcome is `failed`. */
  error: CallwrightError | null = null;
  /** Keys of its output, and names of the call data that it changes, whose values are secret. */
  readonly secretOutputs = new Set<string>();
  readonly secretVariables = new Set<string>();
  #secretFields: readonly SecretField[] = [];
  #finish = () => {};
  #goOn = () => {};

  constructor(
    /** As events name it: `outer/inner` in a subflow. */
    readonly name: string,
    readonly node: CompiledNode,
    readonly enteredAt: number,
  ) {
    this.finished = new Promise<void>((resolve) => (this.#finish = resolve));
    this.goesOn = new Promise<void>((resolve) => (this.#goOn = resolve));
  }

  finish(result: NodeDone): void {
    this.result = result;
    this.#finish();
  }

  goOn(): void {
    this.#goOn();
  }

  /** The fields of its configuration that were made of secrets: nothing that this node tells shows them. */
  hide(fields: readonly SecretField[]): void {
    // The longest first: a short one may be a part of it.
    this.#secretFields = [...fields].sort((a, b) => asText(b.value).length - asText(a.value).length);
    for (const { path } of fields) if (path[0] === 'assign') this.secretVariables.add(String(path[1]));
  }

  /** Names directly below a field (`inputs`, `outputs`) whose values were made of secrets. */
  secretsWithin(field: string): string[] {
    return this.#secretFields.flatMap(({ path }) => (path[0] === field ? [String(path[1])] : []));
  }

  /** A configuration of it as it may be shown. */
  shown(config: JsonObject): JsonObject {
    return this.#secretFields.reduce((whole, { path, shown }) => replaceAt(whole, path, () => shown), config);
  }

  /** What may be shown of something that this node said, or that was said because of it. */
  veil(value: Json): Json {
    if (this.#secretFields.length === 0) return value;
    if (typeof value === 'string') return this.veilText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((inner: Json) => this.veil(inner));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.veil(inner)]));
  }

  veilText(text: string): string {
    return this.#secretFields.reduce((rest, { value, shown }) => {
      const said = asText(value);
      return said === '' ? rest : rest.replaceAll(said, () => asText(shown));
    }, text);
  }

  veilError(error: CallwrightError): CallwrightError {
    const message = this.veilText(error.message);
    return message === error.message ? error : new CallwrightError(error.kind, error.code, message, error.details);
  }

  /** The output as it may be shown. */
  shownOutput(output: Json): Json {
    return maskKeys(this.veil(output), this.secretOutputs);
  }

  /** A leg whose destination was made of a secret has an address that nobody may see. */
  get hidesDestination(): boolean {
    return this.#secretFields.some(({ path }) => path[0] === 'to');
  }
}

/** An object with the values of some keys masked. */
export function maskKeys(value: Json, keys: ReadonlySet<string>): Json {
  if (keys.size === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, keys.has(key) ? masked(inner as Json) : (inner as Json)]),
  );
}
