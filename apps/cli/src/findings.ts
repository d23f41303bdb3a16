import { isCallwrightError } from '@callwright/kernel';
import { catalogue } from '@callwright/nodes';
import { catalogueOf, isError, validateScenario, type Finding, type ScenarioDocument } from '@callwright/scenario';

const types = catalogueOf(catalogue);

export const findingsOf = (document: ScenarioDocument): readonly Finding[] => validateScenario(document, types);

/** `FILE:node: severity code message`. */
export const findingLine = (file: string, { node, severity, code, message }: Finding): string =>
  `${file}:${node ?? ''}: ${severity} ${code} ${message}`;

export const errorsOf = (document: ScenarioDocument): readonly Finding[] => findingsOf(document).filter(isError);

/** A fault of the file as a whole, in the form of a finding. Gives back what is not one. */
export function faultLine(file: string, error: unknown): string {
  if (!isCallwrightError(error)) throw error;
  const fields = error.details['fields'] as readonly { path: string; message: string }[] | undefined;
  const where = fields?.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  return `${file}:: error ${error.code} ${error.message}${where ? ` (${where})` : ''}`;
}
