import { inputError, type ErrorDetails } from '@callwright/kernel';
import { FINDINGS } from './finding.js';

/** Codes that this project throws. */
export const SCENARIO_ERRORS = {
  'scenario.bad-json': 'The text is not JSON. `details.position` says where, when known.',
  'scenario.not-a-document':
    'This is not a scenario document at all. `details.fields` says why, as `[{path, message}]`.',
  'scenario.newer-format': 'The document was written by a newer release (`meta.format`).',
  'scenario.has-errors': 'The scenario has errors and cannot be published or run. `details.findings` lists them all.',
  'scenario.unknown-node': 'There is no node with this id.',
  'scenario.node-id-taken': 'There is already a node with this id.',
  'scenario.bad-edit': 'The edit cannot be applied to this document.',
} as const;
/** What validation finds, with the sentence that the reference page prints; `FINDINGS` has the severities. */
export const FINDING_ERRORS = Object.fromEntries(
  Object.entries(FINDINGS).map(([code, [, meaning]]) => [code, meaning]),
);
export type ScenarioErrorCode = keyof typeof SCENARIO_ERRORS;

export const scenarioError = (code: ScenarioErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) =>
  inputError(code, message, details, cause);
