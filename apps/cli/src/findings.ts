import { isCallwrightError } from '@callwright/kernel';
import { catalogue } from '@callwright/nodes';
import {
  catalogueOf,
  isError,
  outcomesOfScenario,
  subflowsOf,
  validateScenario,
  type Finding,
  type ScenarioDocument,
} from '@callwright/scenario';
import { neighbours } from './files.js';

const types = catalogueOf(catalogue);

/** What the server would find. A `subflow` has the outcomes of its scenario, which is looked for beside the document. */
export async function findingsOf(file: string, document: ScenarioDocument): Promise<readonly Finding[]> {
  const outcomes = new Map<string, readonly string[]>();
  for (const scenario of subflowsOf(document)) {
    const subflow = await neighbours(file)(scenario).catch(ignoreMissing);
    if (subflow) outcomes.set(scenario, outcomesOfScenario(subflow));
  }
  return validateScenario(document, types, { outcomesOfScenario: (scenario) => outcomes.get(scenario) ?? null });
}

/** The server may have what is not here: then any outcome is believed. */
function ignoreMissing(error: unknown): null {
  if (isCallwrightError(error)) return null;
  throw error;
}

/** `FILE:node: severity code message`. */
export const findingLine = (file: string, { node, severity, code, message }: Finding): string =>
  `${file}:${node ?? ''}: ${severity} ${code} ${message}`;

export const errorsOf = async (file: string, document: ScenarioDocument): Promise<readonly Finding[]> =>
  (await findingsOf(file, document)).filter(isError);

/** A fault of the file as a whole, in the form of a finding. Gives back what is not one. */
export function faultLine(file: string, error: unknown): string {
  if (!isCallwrightError(error)) throw error;
  const fields = error.details['fields'] as readonly { path: string; message: string }[] | undefined;
  const where = fields?.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  return `${file}:: error ${error.code} ${error.message}${where ? ` (${where})` : ''}`;
}
