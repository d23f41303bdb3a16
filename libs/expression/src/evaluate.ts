import {
  deepFreeze,
  isCallwrightError,
  messageOf,
  type CallwrightError,
  type Json,
  type JsonObject,
} from '@callwright/kernel';
import { Budget, isLambda, type Now } from './budget.js';
import type { CompiledExpression } from './compile.js';
import { expressionError, type ExpressionErrorCode } from './errors.js';
import { DEFAULT_LIMITS, MAX_VALUE_DEPTH, type Limits } from './limits.js';
import { lend, lentTo, natives, type Lent } from './natives.js';
import { regexEngine } from './regex.js';
import { copyOf, isWatching, watched } from './secrets.js';

/** The names that an expression sees: plain JSON. It is frozen by the evaluation. */
export interface Scope {
  readonly call: JsonObject;
  readonly vars: JsonObject;
  readonly steps: JsonObject;
  readonly params: JsonObject;
  /** ISO 8601. */
  readonly now: string;
}

export interface EvaluateOptions {
  /** For the limit of 100 ms; without a clock only steps are counted. */
  readonly clock?: { now: Now };
  readonly limits?: Partial<Limits>;
  /** For `$random` and `$shuffle`: 0 up to, but not, 1. */
  readonly random?: () => number;
  /** Places of the scope that nobody may see, such as `steps.ask.digits`: what an expression makes of one is secret, too. */
  readonly secrets?: ReadonlySet<string>;
}

export interface Evaluation {
  readonly value: Json;
  /** The expressions that gave nothing, and therefore null: worth a line in the log. */
  readonly missing: readonly string[];
  /** Values that were made of a secret. */
  readonly secrets: readonly Json[];
}

interface Environment {
  base: { depth: number; timestamp: Date; isParallelCall?: boolean };
  lookup(name: string | symbol): unknown;
}

const ENTRY = Symbol.for('jsonata.__evaluate_entry');
const EXIT = Symbol.for('jsonata.__evaluate_exit');
const prepared = new WeakSet<CompiledExpression>();
/** What the evaluation that is being started lends; its first step, on the same stack, takes it. */
let starting: Lent | undefined;

/**
 * Evaluates within the limits. A value that is missing is null. Rejects with `expression.failed`, `expression.too-many-steps`,
 * `expression.too-slow`, `expression.too-deep`, `expression.too-large` (kind `input`); never with anything else.
 */
export async function evaluate(
  compiled: CompiledExpression,
  scope: Scope,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  if (!prepared.has(compiled)) await prepare(compiled);
  const budget = new Budget(limits, options.clock?.now.bind(options.clock) ?? (() => 0));
  let secret = false;
  try {
    deepFreeze(scope);
    const seen = options.secrets?.size ? watched(scope, options.secrets, () => (secret = true)) : scope;
    compiled.options.RegexEngine = regexEngine(budget);
    compiled.options.sequence = limits.values;
    starting = { budget, now: Date.parse(scope.now), random: options.random ?? Math.random };
    const result: unknown = await compiled.interpreter.evaluate(compiled.writes ? copyOf(seen) : seen);
    if (result === undefined) return { value: null, missing: [compiled.text], secrets: [] };
    const value = plain(result, budget);
    return { value, missing: [], secrets: secret ? [value] : [] };
  } catch (error) {
    throw secret ? withoutReason(failure(compiled, error)) : failure(compiled, error);
  }
}

/** Binds what the expression uses, and the hooks of the interpreter. */
async function prepare(compiled: CompiledExpression): Promise<void> {
  const all = await natives();
  const { interpreter } = compiled;
  for (const name of [...compiled.variables, 'clone']) {
    const native = all.get(name);
    if (native) interpreter.assign(name, native);
  }
  interpreter.assign('eval', undefined);
  const hooks = interpreter as unknown as { assign(name: symbol, hook: unknown): void };
  hooks.assign(ENTRY, onEntry);
  hooks.assign(EXIT, onExit);
  prepared.add(compiled);
}

function onEntry(_node: unknown, _input: unknown, environment: Environment): void {
  const { base } = environment;
  let lent = lentTo(base);
  if (!lent) {
    if (!starting) throw expressionError('expression.failed', 'An evaluation began by itself.');
    lent = starting;
    starting = undefined;
    base.timestamp = new Date(lent.now);
    lend(base, lent);
  }
  lent.budget.charge(1);
  lent.budget.checkDepth(base.depth);
}

/** Kinds of syntax whose result is an existing value, measured when it was made. */
const PASSING: ReadonlySet<unknown> = new Set([
  'name',
  'variable',
  'string',
  'number',
  'value',
  'condition',
  'block',
  'bind',
  'parent',
  'regex',
  'lambda',
]);

function onExit(
  node: { type?: string; group?: unknown },
  _input: unknown,
  environment: Environment,
  result: unknown,
): void {
  if (PASSING.has(node.type) && node.group === undefined && !Array.isArray(result)) return;
  if (typeof result === 'object' && result !== null && Object.isFrozen(result)) return;
  lentTo(environment.base)?.budget.admit(result);
}

/** The result as plain JSON; values of the scope are frozen, and given as they are. */
function plain(value: unknown, budget: Budget, level = 0): Json {
  switch (typeof value) {
    case 'string':
      budget.checkText(value.length);
      return value;
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      break;
    case 'undefined':
      return null;
    default:
      throw expressionError(
        'expression.failed',
        'The expression gives a function, not a value. Is (…) missing after its name?',
      );
  }
  if (value === null) return null;
  if (isLambda(value))
    throw expressionError(
      'expression.failed',
      'The expression gives a function, not a value. Is (…) missing after its name?',
    );
  if (Object.isFrozen(value) && !isWatching(value)) return value as Json;
  if (level > MAX_VALUE_DEPTH)
    throw expressionError('expression.too-deep', `The result has more than ${MAX_VALUE_DEPTH} levels.`);
  if (Array.isArray(value)) return value.map((inner) => plain(inner, budget, level + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => key !== '__proto__' && inner !== undefined)
      .map(([key, inner]) => [key, plain(inner, budget, level + 1)]),
  );
}

function failure(compiled: CompiledExpression, thrown: unknown): CallwrightError {
  if (isCallwrightError(thrown)) return thrown;
  if (thrown instanceof RangeError) {
    return expressionError(
      'expression.too-large',
      'The expression makes a value that is too large.',
      { expression: compiled.text },
      thrown,
    );
  }
  const { message, code } = (thrown ?? {}) as { message?: unknown; code?: unknown };
  if (code === 'D2015' || code === 'D2014') {
    return expressionError(
      'expression.too-large',
      'The expression makes a list that is too long.',
      { expression: compiled.text },
      thrown,
    );
  }
  const reason = typeof message === 'string' ? message : messageOf(thrown);
  return expressionError(
    'expression.failed',
    `The expression failed: ${reason}`,
    { expression: compiled.text },
    thrown,
  );
}

/** The words of the interpreter quote the values that it stumbled over. */
const withoutReason = ({ code, details }: CallwrightError): CallwrightError =>
  expressionError(code as ExpressionErrorCode, 'The expression failed with a value that is secret.', details);
