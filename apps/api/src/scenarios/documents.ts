import type { JsonObject } from '@callwright/kernel';
import { catalogue } from '@callwright/nodes';
import { type CompiledScenario, compileScenario } from '@callwright/runtime';
import {
  canonicalScenario,
  catalogueOf,
  type Finding,
  newScenario,
  parseScenario,
  type ScenarioDocument,
  validateScenario,
  type ValidateOptions,
} from '@callwright/scenario';

/*
 * Where the API meets the scenario libraries: documents come in and go out as plain JSON, and are judged by the same functions
 * as in the page and on the command line.
 */

const nodeTypes = catalogueOf(catalogue);

/** What is stored: the document in its canonical writing. Throws `scenario.not-a-document` (400) when it is none at all. */
export const documentOf = (given: unknown): ScenarioDocument => canonicalScenario(parseScenario(given));

/** What a new scenario begins with. */
export const firstDocument = (name: string, id?: string): ScenarioDocument => canonicalScenario(newScenario(name, id));

export const findingsOf = (document: ScenarioDocument, options?: ValidateOptions): readonly Finding[] =>
  validateScenario(document, nodeTypes, options);

/** For calls: once a version. */
export const compile = (document: ScenarioDocument): CompiledScenario => compileScenario(document, nodeTypes);

interface SpokenText {
  readonly text: string;
  readonly voice?: string | undefined;
  readonly language?: string | undefined;
}

/** Texts that are spoken as they stand, without anything to work out: speech can be made ready for them. */
export function spokenTexts(document: ScenarioDocument): SpokenText[] {
  return Object.values(document.states).flatMap((state) => {
    const { input } = (state['invoke'] ?? {}) as { input?: JsonObject };
    const { voice, language } = (input ?? {}) as { voice?: string; language?: string };
    return saysIn(input).map((text) => ({ text, voice, language }));
  });
}

function saysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'say' in value && typeof value.say === 'string' && !value.say.includes('{{') ? [value.say] : [];
  return [...own, ...Object.values(value).flatMap(saysIn)];
}
