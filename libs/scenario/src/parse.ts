import { deepFreeze, messageOf } from '@callwright/kernel';
import type { ScenarioDocument } from './document.js';
import { scenarioError } from './errors.js';
import { refusalOf } from './hostile.js';
import { DOCUMENT_LIMITS } from './limits.js';
import { upgradeScenario } from './upgrade.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Takes anything, and gives a document in the current format, deep-frozen, that may still have findings. Throws
 * `scenario.not-a-document` (with `details.fields`) for what has not even the outline of one, `scenario.newer-format`.
 */
export function parseScenario(input: unknown): ScenarioDocument {
  const fields = outline(input);
  if (fields.length > 0) {
    throw scenarioError('scenario.not-a-document', 'This is not a scenario document.', { fields });
  }
  return deepFreeze(upgradeScenario(input as ScenarioDocument));
}

/** The same from text. Throws also `scenario.bad-json`. */
export function readScenario(text: string): ScenarioDocument {
  if (text.length > DOCUMENT_LIMITS.text) {
    throw scenarioError('scenario.not-a-document', 'The document is too large.', {
      fields: [{ path: '', message: `has more than ${DOCUMENT_LIMITS.text} characters` }],
    });
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    throw scenarioError('scenario.bad-json', `This is not JSON: ${messageOf(error)}.`, {}, error);
  }
  return parseScenario(input);
}

function outline(input: unknown): { path: string; message: string }[] {
  if (!isObject(input)) return [{ path: '', message: 'must be an object' }];
  const refusal = refusalOf(input);
  if (refusal) return [{ path: refusal.path.join('.'), message: refusal.message }];
  const fields: { path: string; message: string }[] = [];
  if (typeof input['id'] !== 'string' || input['id'] === '') fields.push({ path: 'id', message: 'must be a text' });
  if (!isObject(input['states'])) fields.push({ path: 'states', message: 'must be an object of nodes' });
  else {
    for (const [id, state] of Object.entries(input['states'])) {
      if (!isObject(state)) fields.push({ path: `states.${id}`, message: 'must be an object' });
    }
  }
  return fields;
}
