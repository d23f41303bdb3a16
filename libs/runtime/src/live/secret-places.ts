import type { Json, JsonObject } from '@callwright/kernel';
import type { Visit } from './visit.js';
import { maskKeys } from './visit.js';

/**
 * Where in the call data of one flow secrets lie: what `get-digits` took as `secret`, and everything that expressions made of it. An
 * expression that reads such a place gives a secret, and so on, until the place gets a value that is none.
 */
export class SecretPlaces {
  /** `vars.pin`, `steps.ask.digits`, `params.pin`: what expressions are watched for. */
  readonly all = new Set<string>();
  readonly #shownSteps: Record<string, Json> = {};

  constructor(secretParams: Iterable<string>) {
    for (const name of secretParams) this.all.add(`params.${name}`);
  }

  /** A node was left, and its output is kept. */
  left({ node, secretOutputs, secretVariables }: Visit, shownOutput: Json, changes: JsonObject): void {
    for (const place of this.all) if (place.startsWith(`steps.${node.id}.`)) this.all.delete(place);
    for (const key of secretOutputs) this.all.add(`steps.${node.id}.${key}`);
    for (const name of Object.keys(changes)) {
      if (secretVariables.has(name)) this.all.add(`vars.${name}`);
      else this.all.delete(`vars.${name}`);
    }
    this.#shownSteps[node.id] = shownOutput;
  }

  /** What has been told of the nodes' outputs. */
  get shownSteps(): JsonObject {
    return { ...this.#shownSteps };
  }

  /** Call data as it may be shown. */
  shownVariables(variables: JsonObject): JsonObject {
    const names = [...this.all].flatMap((place) => (place.startsWith('vars.') ? [place.slice('vars.'.length)] : []));
    return maskKeys(variables, new Set(names)) as JsonObject;
  }
}
