import jsonata from 'jsonata';
import type { Budget } from './budget.js';
import { expressionError } from './errors.js';
import { BARE_FUNCTIONS } from './functions.js';

/** What JSONata gives a native function as `this`. */
interface Focus {
  readonly environment: { readonly base: object };
}
type Implementation = (this: Focus, ...args: unknown[]) => unknown;
interface NativeDefinition {
  readonly _jsonata_function: true;
  readonly implementation: Implementation;
  readonly signature?: unknown;
}

/** What one evaluation lends its functions. */
export interface Lent {
  readonly budget: Budget;
  /** The time of the evaluation, ms since the epoch: `$now()` and `$millis()` give this, so that a log can be replayed. */
  readonly now: number;
  readonly random: () => number;
}
const lent = new WeakMap<object, Lent>();

export const lend = (base: object, what: Lent): void => void lent.set(base, what);
export const lentTo = (base: object): Lent | undefined => lent.get(base);

function lentOf(focus: Focus): Lent {
  const what = lent.get(focus.environment.base);
  if (!what) throw expressionError('expression.failed', 'A function was called outside of an evaluation.');
  return what;
}

/** Functions of JSONata that are kept as they are, but for what they cost. `$eval` is not among them. */
// prettier-ignore
const KEPT = [
  'sum', 'count', 'max', 'min', 'average', 'string', 'substring', 'substringBefore', 'substringAfter', 'lowercase',
  'uppercase', 'length', 'trim', 'pad', 'match', 'contains', 'replace', 'split', 'join', 'formatNumber', 'formatBase',
  'formatInteger', 'parseInteger', 'number', 'floor', 'ceil', 'round', 'abs', 'sqrt', 'power', 'boolean', 'not',
  'map', 'zip', 'filter', 'single', 'reduce', 'sift', 'keys', 'lookup', 'append', 'exists', 'spread', 'merge',
  'reverse', 'each', 'error', 'assert', 'type', 'sort', 'base64encode', 'base64decode', 'encodeUrlComponent',
  'encodeUrl', 'decodeUrlComponent', 'decodeUrl', 'toMillis', 'fromMillis', 'clone',
] as const;

const textLength = (value: unknown): number => (typeof value === 'string' ? value.length : 0);
const tooMuch = (name: string) =>
  expressionError('expression.too-large', `$${name} is given more than it can work on safely.`);

/** What JSONata would do without asking how much it is: refused before it begins. */
const CHECKS: Readonly<Record<string, (budget: Budget, ...args: readonly unknown[]) => void>> = {
  pad: (budget, _text, width) => budget.checkText(typeof width === 'number' ? Math.abs(width) : 0),
  replace: (budget, text, _pattern, by) => budget.checkText(textLength(text) * Math.max(1, textLength(by))),
  join: (budget, list, by) => {
    if (!Array.isArray(list)) return;
    budget.checkText(list.reduce<number>((sum, item) => sum + textLength(by) + textLength(item), 0));
  },
  sort: (budget, list) => {
    if (Array.isArray(list)) budget.charge((list.length * Math.log2(list.length + 1)) / 4);
  },
  // Roman numerals are made one letter at a time.
  formatInteger: (_budget, value, picture) => {
    if (textLength(picture) > MAX_PICTURE || (/^i$/i.test(String(picture)) && Math.abs(Number(value)) > 100_000))
      throw tooMuch('formatInteger');
  },
  formatNumber: (_budget, _value, picture) => {
    if (textLength(picture) > MAX_PICTURE) throw tooMuch('formatNumber');
  },
  fromMillis: (_budget, _value, picture) => {
    if (textLength(picture) > MAX_PICTURE) throw tooMuch('fromMillis');
  },
  // The picture becomes a regular expression of the host's, one group for each part.
  toMillis: (_budget, text, picture) => {
    if (picture !== undefined && (textLength(text) > 40 || String(picture).split('[').length > 9))
      throw tooMuch('toMillis');
  },
};
const MAX_PICTURE = 256;

/** How much of its arguments a native function may walk through. */
function weight(args: readonly unknown[]): number {
  let sum = 1;
  for (const arg of args) {
    if (typeof arg === 'string') sum += arg.length / 256;
    else if (Array.isArray(arg)) sum += arg.length / 8;
  }
  return Math.ceil(sum);
}

function guarded(name: string, native: NativeDefinition): NativeDefinition {
  const check = CHECKS[name];
  return withShapeOf(native, function (this: Focus, ...args: unknown[]): unknown {
    const { budget } = lentOf(this);
    budget.charge(weight(args));
    check?.(budget, ...args);
    return native.implementation.apply(this, args);
  });
}

/** JSONata reads the number and the names of a function's parameters, for higher-order and partial application. */
function withShapeOf(native: NativeDefinition, implementation: Implementation): NativeDefinition {
  const source = native.implementation.toString();
  Object.defineProperty(implementation, 'length', { value: native.implementation.length });
  Object.defineProperty(implementation, 'toString', { value: () => source });
  return { ...native, implementation };
}

const own = (run: (lent: Lent, ...args: unknown[]) => unknown): NativeDefinition => ({
  _jsonata_function: true,
  implementation: function (this: Focus, ...args: unknown[]) {
    const what = lentOf(this);
    what.budget.charge(weight(args));
    return run(what, ...args);
  },
});

/** JSONata's own compares each with each; this looks them up. */
function distinct(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  const seen = new Set<string>();
  return list.filter((item) => {
    const key = JSON.stringify(item, sorted);
    return !seen.has(key) && seen.add(key);
  });
}
const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

function shuffle({ random }: Lent, list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  const mixed: unknown[] = [...(list as unknown[])];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

const OWN: Readonly<Record<string, NativeDefinition>> = {
  distinct: own((_lent, list) => distinct(list)),
  shuffle: own(shuffle),
  random: own(({ random }) => random()),
  millis: own(({ now }) => now),
  ...Object.fromEntries(
    Object.entries(BARE_FUNCTIONS).map(([name, run]) => [name, own((_lent, ...args) => run(...args))]),
  ),
};

let table: Promise<ReadonlyMap<string, NativeDefinition>> | undefined;

async function load(): Promise<ReadonlyMap<string, NativeDefinition>> {
  const all = new Map(Object.entries(OWN));
  for (const name of KEPT) {
    // Evaluating `$name` is the one way to a function of JSONata's.
    all.set(name, guarded(name, (await jsonata(`$${name}`).evaluate(null)) as NativeDefinition));
  }
  const fromMillis = (await jsonata('$fromMillis').evaluate(null)) as NativeDefinition;
  all.set('now', {
    _jsonata_function: true,
    implementation: function (this: Focus, picture, zone) {
      return fromMillis.implementation.call(this, lentOf(this).now, picture, zone);
    },
  });
  return all;
}

/** All functions that an expression can call, by name without `$`. */
export const natives = (): Promise<ReadonlyMap<string, NativeDefinition>> => (table ??= load());

/** The functions that are written with `$`. */
export const NATIVE_NAMES: readonly string[] = [...KEPT, 'distinct', 'shuffle', 'random', 'millis', 'now'].sort();
