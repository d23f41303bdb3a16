import { BARE_FUNCTIONS, isBareFunction } from './functions.js';
import { NATIVE_NAMES } from './natives.js';
import { linearRegex } from './regex.js';
import { expressionError } from './errors.js';

/** What an expression can begin with. */
export const SCOPE_NAMES = ['call', 'vars', 'steps', 'params', 'now'] as const;

/** JSONata's syntax tree: plain objects; only these properties matter here. */
interface Ast {
  type?: string;
  value?: unknown;
  position?: number;
  steps?: Ast[];
  stages?: unknown;
  predicate?: unknown;
  group?: unknown;
  procedure?: Ast;
  lhs?: unknown;
  arguments?: unknown;
  focus?: string;
  index?: string;
  keepSingletonArray?: boolean;
  keepArray?: boolean;
}

export interface Syntax {
  /** Paths into the scope as far as they are plain names: `steps.menu.digits` is `['steps', 'menu', 'digits']`. */
  readonly references: readonly (readonly string[])[];
  /** Names of the functions and of the variables that are used, without `$`. */
  readonly variables: ReadonlySet<string>;
  /** JSONata may write into what it reads: the scope must be copied first. */
  readonly writes: boolean;
}

/** Parts of a node that look at one item of its value, not at the scope. */
const OWN_CONTEXT: ReadonlySet<string> = new Set(['stages', 'predicate', 'group']);

const NATIVES: ReadonlySet<string> = new Set(NATIVE_NAMES);

/**
 * Reads a syntax tree once: what it uses, and whether all of that exists. Calls of our own functions are rewritten from
 * `makepath(…)` to what JSONata understands. Throws `expression.unknown-function`, `expression.unknown-name`, `expression.bad-regex`.
 */
export function readSyntax(root: unknown, text: string): Syntax {
  const references: string[][] = [];
  const used = new Map<string, number | undefined>();
  const bound = new Set<string>();
  let writes = false;

  const each = (value: unknown, atRoot: boolean): void => {
    if (Array.isArray(value)) value.forEach((inner) => each(inner, atRoot));
    else if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) walk(value as Ast, atRoot);
  };

  const walk = (node: Ast, atRoot: boolean): void => {
    if (node.type === 'transform' || node.group !== undefined || node.keepSingletonArray || node.keepArray)
      writes = true;
    if (typeof node.focus === 'string') bound.add(node.focus);
    if (typeof node.index === 'string') bound.add(node.index);
    if (node.type === 'regex' && node.value instanceof RegExp) linearRegex(node.value);
    if (node.type === 'variable' && typeof node.value === 'string') used.set(node.value, node.position);
    if (node.type === 'bind') bound.add(String((node.lhs as Ast).value));
    if (node.type === 'lambda') for (const parameter of node.arguments as Ast[]) bound.add(String(parameter.value));
    if ((node.type === 'function' || node.type === 'partial') && node.procedure) callOf(node.procedure);
    if (node.type === 'path' && node.steps) {
      if (atRoot) reference(node.steps);
      node.steps.forEach((step, place) => walk(step, atRoot && place === 0));
      each(node.group, false);
      return;
    }
    for (const [key, inner] of Object.entries(node)) {
      each(inner, atRoot && node.type !== 'transform' && !OWN_CONTEXT.has(key));
    }
  };

  const reference = (steps: readonly Ast[]): void => {
    const first = steps[0];
    if (first?.type !== 'name') return;
    const end = steps.findIndex((step) => step.type !== 'name' || step.stages !== undefined);
    const names = (end === -1 ? steps : steps.slice(0, Math.max(1, end))).map((step) => String(step.value));
    checkName(names[0] as string, first.position, text);
    references.push(names);
  };

  each(root, true);
  for (const [name, position] of used) {
    if (name === '' || name === '$' || bound.has(name) || NATIVES.has(name) || isBareFunction(name)) continue;
    throw unknownVariable(name, position);
  }
  return { references, variables: new Set(used.keys()), writes };
}

/** `makepath(…)` becomes `$makepath(…)`; any other name that is called is a slip. */
function callOf(procedure: Ast): void {
  const [only, ...more] = procedure.type === 'path' ? (procedure.steps ?? []) : [];
  if (only?.type !== 'name' || more.length > 0) return;
  const name = String(only.value);
  if (!isBareFunction(name)) throw unknownFunction(name, only.position);
  delete procedure.steps;
  procedure.type = 'variable';
  procedure.value = name;
}

function unknownFunction(name: string, position: number | undefined) {
  const known = NATIVES.has(name);
  const hint = known ? ` Write $${name}(…).` : ` Without $ there are ${Object.keys(BARE_FUNCTIONS).join(' and ')}.`;
  return expressionError('expression.unknown-function', `There is no function ${name}(…).${hint}`, {
    position: start(position, name),
  });
}

function unknownVariable(name: string, position: number | undefined) {
  const details = { position: start(position, `$${name}`) };
  if ((SCOPE_NAMES as readonly string[]).includes(name)) {
    return expressionError('expression.unknown-name', `Write ${name}, without $.`, details);
  }
  if (name === 'eval') return expressionError('expression.unknown-function', '$eval is not available.', details);
  const near = NATIVE_NAMES.find((native) => native.toLowerCase() === name.toLowerCase());
  const hint = near ? ` Did you mean $${near}?` : ' Call data is written vars.NAME.';
  return expressionError('expression.unknown-name', `Nothing is called $${name}.${hint}`, details);
}

function checkName(name: string, position: number | undefined, text: string): void {
  if ((SCOPE_NAMES as readonly string[]).includes(name)) return;
  const details = { position: start(position, name) };
  if (/['"“”‘’]/.test(name)) {
    throw expressionError(
      'expression.bad-syntax',
      `Text is written in straight quotes: "…" or '…', not ${name}.`,
      details,
    );
  }
  const near = text.includes(`${name}.`) ? '' : ` Text is written in quotes: "${name}".`;
  throw expressionError(
    'expression.unknown-name',
    `An expression begins with ${SCOPE_NAMES.join(', ')}; there is no ${name}. Call data is written vars.${name}.${near}`,
    details,
  );
}

/** JSONata counts to the end of a name. */
const start = (position: number | undefined, name: string): number | undefined =>
  position === undefined ? undefined : Math.max(0, position - name.length);
