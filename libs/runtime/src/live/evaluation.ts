import type { Clock, Json, JsonObject } from '@callwright/kernel';
import { asText, compileExpression, evaluate, renderTemplate, type Scope } from '@callwright/expression';
import { checkConfiguration, replaceAt } from '@callwright/scenario';
import type { CompiledNode } from '../compile/compile.js';
import { badConfiguration } from '../errors.js';

/** Evaluates for one call. */
export interface Evaluator {
  readonly clock: Clock;
  readonly random: () => number;
  /** Hears of each value that was missing: where, and which expression. */
  readonly onMissing: (where: string, expression: string) => void;
}

/**
 * The configuration with the values of this moment. Rejects with `node.bad-configuration`, and as `evaluate` does.
 */
export async function evaluateConfiguration(
  { definition, node, reading }: CompiledNode,
  scope: Scope,
  evaluator: Evaluator,
): Promise<JsonObject> {
  if (reading.fixed) return reading.fixed;
  let value = node.input;
  for (const { path, template } of reading.slots) {
    const { value: rendered, missing } = await renderTemplate(template, scope, evaluator);
    for (const expression of missing) evaluator.onMissing(path.join('.'), expression);
    value = replaceAt(value, path, () => rendered);
  }
  const checked = checkConfiguration(definition, value, reading.slots, asText);
  if ('config' in checked) return checked.config;
  throw badConfiguration(checked.problems.map(({ path, message }) => ({ path: path.join('.'), message })));
}

/** One expression without braces. Rejects as `evaluate` does. */
export async function evaluateExpression(text: string, scope: Scope, evaluator: Evaluator): Promise<Json> {
  const { value, missing } = await evaluate(compileExpression(text), scope, evaluator);
  for (const expression of missing) evaluator.onMissing('', expression);
  return value;
}
