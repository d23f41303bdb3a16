import { deepFreeze, isCallwrightError, type Json, type JsonObject } from '@callwright/kernel';
import { compileExpression, hasExpression, parseTemplate, type Template } from '@callwright/expression';
import type { z } from 'zod';
import type { NodeType } from './catalogue.js';
import type { Path } from './finding.js';
import { specialFieldsOf, type SpecialField, type SpecialFields } from './special-fields.js';

/** What is wrong with a configuration, at a path within it. */
export interface Problem {
  readonly code: string;
  readonly path: Path;
  readonly message: string;
}

/** A text of a configuration that is evaluated when the node is entered. */
export interface Slot {
  readonly path: Path;
  readonly template: Template;
}

/** A configuration as far as it can be known before a call. */
export interface ConfigurationReading {
  readonly problems: readonly Problem[];
  readonly slots: readonly Slot[];
  /** The checked configuration with its defaults, deep-frozen, when nothing in it needs a call; else null. */
  readonly fixed: JsonObject | null;
  /** Null when they cannot be known because of problems. */
  readonly outcomes: readonly string[] | null;
  /** Paths into the scope that its expressions use. */
  readonly references: readonly (readonly string[])[];
}

type Issue = z.core.$ZodIssue;

const readings = new WeakMap<NodeType, WeakMap<JsonObject, ConfigurationReading>>();

/** Reads a node's configuration. Remembered for each `input` object: edits share what they do not change. */
export function readConfiguration(type: NodeType, input: JsonObject): ConfigurationReading {
  let byInput = readings.get(type);
  if (!byInput) readings.set(type, (byInput = new WeakMap()));
  let reading = byInput.get(input);
  if (!reading) byInput.set(input, (reading = read(type, input)));
  return reading;
}

function read(type: NodeType, input: JsonObject): ConfigurationReading {
  const texts = readTexts(input, specialFieldsOf(type));
  const isSlot = slotTest(texts.places);
  const parsed = type.config.safeParse(input);
  const problems = [
    ...texts.problems,
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => judge(issue, [], isSlot))),
  ];
  const bad = problems.some((problem) => problem.code === 'scenario.bad-configuration');
  return {
    problems,
    slots: texts.slots,
    fixed: parsed.success && texts.places.length === 0 ? (deepFreeze(parsed.data) as JsonObject) : null,
    outcomes: bad ? null : outcomesOf(type, parsed.success ? parsed.data : withoutSlots(type, input, texts.places)),
    references: texts.references,
  };
}

/** Checks an evaluated configuration. Values that stand where text is asked for become text. */
export function checkConfiguration(
  type: NodeType,
  value: JsonObject,
  slots: readonly Slot[],
  asText: (value: Json) => string,
): { readonly config: JsonObject } | { readonly problems: readonly Problem[] } {
  const first = type.config.safeParse(value);
  if (first.success) return { config: first.data as JsonObject };
  const isSlot = slotTest(slots.map((slot) => slot.path));
  const texts = first.error.issues.flatMap((issue) => textsAskedFor(issue, [])).filter(isSlot);
  const issues =
    texts.length === 0
      ? first
      : type.config.safeParse(texts.reduce((whole, path) => replaceAt(whole, path, asText), value));
  if (issues.success) return { config: issues.data as JsonObject };
  return { problems: issues.error.issues.flatMap((issue) => judge(issue, [], () => false)) };
}

/** Puts a value into a copy. */
export function replaceAt(whole: JsonObject, path: Path, change: (value: Json) => Json): JsonObject {
  const step = (value: Json, at: number): Json => {
    const key = path[at];
    if (key === undefined) return change(value);
    if (Array.isArray(value)) return value.map((inner: Json, place) => (place === key ? step(inner, at + 1) : inner));
    const object = value as JsonObject;
    return { ...object, [key]: step(object[key] as Json, at + 1) };
  };
  return step(whole, 0) as JsonObject;
}

interface Texts {
  readonly slots: Slot[];
  /** Where texts with `{{` are, good or bad. */
  readonly places: Path[];
  readonly problems: Problem[];
  readonly references: (readonly string[])[];
}

function readTexts(input: JsonObject, special: SpecialFields): Texts {
  const texts: Texts = { slots: [], places: [], problems: [], references: [] };
  const walk = (value: Json, path: Path): void => {
    if (typeof value === 'string') readText(value, path, special(path), texts);
    else if (Array.isArray(value)) value.forEach((inner: Json, place) => walk(inner, [...path, place]));
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  };
  walk(input, []);
  return texts;
}

function readText(
  text: string,
  path: Path,
  kind: SpecialField | null,
  { slots, places, problems, references }: Texts,
): void {
  if (kind === 'expression') {
    try {
      references.push(...compileExpression(text).references);
    } catch (error) {
      if (!isCallwrightError(error)) throw error;
      problems.push({ code: error.code, path, message: error.message });
    }
    return;
  }
  if (kind === 'plain' || !hasExpression(text)) return;
  const { template, errors } = parseTemplate(text);
  places.push(path);
  if (template) {
    slots.push({ path, template });
    references.push(...template.parts.flatMap((part) => (typeof part === 'string' ? [] : part.references)));
  }
  problems.push(...errors.map((error) => ({ code: error.code, path, message: error.message })));
}

function slotTest(places: readonly Path[]): (path: Path) => boolean {
  const keys = new Set(places.map((path) => path.join('\u0000')));
  return (path) => keys.has(path.join('\u0000'));
}

/** What remains of an issue when a `{{ }}` may stand for any value. */
function judge(issue: Issue, base: Path, isSlot: (path: Path) => boolean): Problem[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  if (isSlot(path)) return [];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branches = issue.errors.map((issues) => issues.flatMap((inner) => judge(inner, path, isSlot)));
    const best = branches.reduce((a, b) =>
      b.length < a.length || (b.length === a.length && depthOf(b) > depthOf(a)) ? b : a,
    );
    return depthOf(best) > path.length || best.length === 0 ? best : [problem(path, issue.message)];
  }
  return [problem(path, issue.message)];
}

const problem = (path: Path, message: string): Problem => ({ code: 'scenario.bad-configuration', path, message });
const depthOf = (problems: readonly Problem[]): number => Math.max(0, ...problems.map((one) => one.path.length));

function textsAskedFor(issue: Issue, base: Path): Path[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap((inner) => textsAskedFor(inner, path));
  return issue.code === 'invalid_type' && issue.expected === 'string' ? [path] : [];
}

function outcomesOf(type: NodeType, config: unknown): readonly string[] | null {
  try {
    return type.outcomes(config as never);
  } catch {
    // A draft whose configuration is incomplete: the problems say so.
    return null;
  }
}

/** Good enough to ask for outcomes: fields that only a call can fill are left to their defaults. */
function withoutSlots(type: NodeType, input: JsonObject, places: readonly Path[]): unknown {
  const evaluated = new Set(places.map((path) => path[0]));
  const known = Object.fromEntries(Object.entries(input).filter(([key]) => !evaluated.has(key)));
  const fields = Object.entries(type.config.shape as Record<string, z.ZodType>).map(([key, field]) => {
    const parsed = field.safeParse(known[key]);
    return [key, parsed.success ? parsed.data : input[key]];
  });
  return Object.fromEntries(fields);
}
