import { isCallwrightError, type CallwrightError, type Json } from '@callwright/kernel';
import { compileExpression, type CompiledExpression } from './compile.js';
import { expressionError } from './errors.js';
import { evaluate, type EvaluateOptions, type Evaluation, type Scope } from './evaluate.js';
import { DEFAULT_LIMITS } from './limits.js';
import { masked } from './secrets.js';

/** A text with `{{ expressions }}` in it, read once. */
export interface Template {
  readonly text: string;
  /** True: the text is one expression and nothing else; the value keeps its type. */
  readonly whole: boolean;
  readonly parts: readonly (string | CompiledExpression)[];
}

export interface TemplateReading {
  /** Null when there are errors. */
  readonly template: Template | null;
  /** `details.position` counts from the start of the whole text. */
  readonly errors: readonly CallwrightError[];
}

export const hasExpression = (text: string): boolean => text.includes('{{');

/** So many errors of one text are worth telling. */
const MAX_ERRORS = 50;

/** Reads a text; finds all errors in it (up to fifty). */
export function parseTemplate(text: string): TemplateReading {
  const parts: (string | CompiledExpression)[] = [];
  const errors: CallwrightError[] = [];
  let place = 0;
  while (errors.length < MAX_ERRORS) {
    const open = text.indexOf('{{', place);
    if (open === -1) break;
    if (open > place) parts.push(text.slice(place, open));
    const close = endOfExpression(text, open + 2);
    if (close === -1) {
      errors.push(expressionError('expression.bad-template', 'This {{ has no }}.', { position: open }));
      place = text.length;
      break;
    }
    const inner = text.slice(open + 2, close);
    const expression = inner.trim();
    const offset = open + 2 + (inner.length - inner.trimStart().length);
    try {
      parts.push(compileExpression(expression));
    } catch (error) {
      if (!isCallwrightError(error)) throw error;
      errors.push(moved(error, offset));
    }
    place = close + 2;
  }
  if (place < text.length) parts.push(text.slice(place));
  if (errors.length > 0) return { template: null, errors };
  const expressions = parts.filter((part) => typeof part !== 'string');
  const whole = expressions.length === 1 && parts.every((part) => typeof part !== 'string' || part.trim() === '');
  return { template: { text, whole, parts: whole ? expressions : parts }, errors };
}

export interface Rendering extends Evaluation {
  /** The value as it may be shown: what was made of secrets is masked. */
  readonly shown: Json;
}

/**
 * `{{ e }}` alone keeps the value's type; among text it becomes text, and null becomes nothing. Rejects as `evaluate` does.
 */
export async function renderTemplate(
  template: Template,
  scope: Scope,
  options: EvaluateOptions = {},
): Promise<Rendering> {
  const [only] = template.parts;
  if (template.whole && only !== undefined && typeof only !== 'string') {
    const evaluation = await evaluate(only, scope, options);
    return { ...evaluation, shown: shownOf(evaluation) };
  }
  const limit = options.limits?.text ?? DEFAULT_LIMITS.text;
  const missing: string[] = [];
  const secrets: Json[] = [];
  let text = '';
  let shown = '';
  for (const part of template.parts) {
    if (typeof part === 'string') {
      text += part;
      shown += part;
    } else {
      const evaluation = await evaluate(part, scope, options);
      missing.push(...evaluation.missing);
      secrets.push(...evaluation.secrets);
      text += asText(evaluation.value);
      shown += asText(shownOf(evaluation));
    }
    if (text.length > limit)
      throw expressionError('expression.too-large', `The text has more than ${limit} characters.`);
  }
  return { value: text, missing, secrets, shown };
}

const shownOf = ({ value, secrets }: Evaluation): Json => (secrets.length > 0 ? masked(value) : value);

/** A value among text: text as it is, null as nothing, anything else as JSON. */
export const asText = (value: Json): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);

/** Where the `}}` of an expression begins: not in a text, not one of the expression's own braces. -1: nowhere. */
function endOfExpression(text: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let place = from; place < text.length; place++) {
    const character = text.charAt(place);
    if (quote !== '') {
      if (character === '\\' && quote !== '`') place++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{') depth++;
    else if (character === '}') {
      if (depth === 0 && text.charAt(place + 1) === '}') return place;
      depth = Math.max(0, depth - 1);
    }
  }
  // An open quote or brace hides the end: take the first one, and let the expression's own error speak.
  return text.indexOf('}}', from);
}

function moved(error: CallwrightError, offset: number): CallwrightError {
  const { position } = error.details;
  return expressionError(
    error.code as Parameters<typeof expressionError>[0],
    error.message,
    { ...error.details, position: offset + (typeof position === 'number' ? position : 0) },
    error,
  );
}
