import type { Clock, Json, JsonObject } from '@callwright/kernel';
import { asText, compileExpression, evaluate, renderTemplate, type Scope } from '@callwright/expression';
import { checkConfiguration, replaceAt, type Path } from '@callwright/scenario';
import type { CompiledNode } from '../compile/compile.js';
import { badConfiguration } from '../errors.js';

/** Evaluates for one call. */
export interface Evaluator {
  readonly clock: Clock;
  readonly random: () => number;
  /** Hears of each value that was missing: where, and which expression. */
  readonly onMissing: (where: string, expression: string) => void;
  /** Places of the scope that nobody may see. */
  readonly secrets: ReadonlySet<string>;
  /** Hears which fields were made of secrets, before anything is said of them. */
  readonly onSecrets: (fields: readonly SecretField[]) => void;
}

/** A field of a configuration that was made of a secret. */
export interface SecretField {
  readonly path: Path;
  /** What the node gets. */
  readonly value: Json;
  /** What is shown of it. */
  readonly shown: Json;
  /** What the expressions in it gave. */
  readonly secrets: readonly Json[];
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
  const secretFields: SecretField[] = [];
  let config = node.input;
  for (const { path, template } of reading.slots) {
    const { value, shown, missing, secrets } = await renderTemplate(template, scope, evaluator);
    for (const expression of missing) evaluator.onMissing(path.join('.'), expression);
    if (secrets.length > 0) secretFields.push({ path, value, shown, secrets });
    config = replaceAt(config, path, () => value);
  }
  if (secretFields.length > 0) evaluator.onSecrets(secretFields);
  const checked = checkConfiguration(definition, config, reading.slots, asText);
  if ('config' in checked) return checked.config;
  throw badConfiguration(checked.problems.map(({ path, message }) => ({ path: path.join('.'), message })));
}

/** One expression without braces. Rejects as `evaluate` does. */
export async function evaluateExpression(text: string, scope: Scope, evaluator: Evaluator): Promise<Json> {
  const { value, missing } = await evaluate(compileExpression(text), scope, evaluator);
  for (const expression of missing) evaluator.onMissing('', expression);
  return value;
}
