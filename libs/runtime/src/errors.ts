import { bugError, inputError, type CallwrightError } from '@callwright/kernel';

/** Codes that this project throws, or gives as the error of a node. */
export const RUNTIME_ERRORS = {
  'node.bad-configuration': 'With the values of this call the configuration does not fit; details hold the fields.',
  'node.failed': 'A node type broke its promise and threw something else than an error of ours.',
  'scenario.not-found': 'No scenario of this workspace has this id and version.',
  'scenario.too-deep': 'Subflows run subflows more than eight levels deep.',
  'run.moved': 'A command moved the call elsewhere.',
  'run.stopped': 'The run was stopped.',
  'run.replay-diverged': 'An event log does not belong to this version of the scenario.',
} as const;

export const badConfiguration = (fields: readonly { path: string; message: string }[]): CallwrightError => {
  const told = fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  return inputError('node.bad-configuration', told, { fields });
};
export const nodeFailed = (cause: unknown): CallwrightError =>
  bugError('node.failed', 'The node failed for a reason of its own.', {}, cause);
export const scenarioNotFound = (scenario: string): CallwrightError =>
  inputError('scenario.not-found', `There is no published scenario "${scenario}".`, { scenario });
export const tooDeep = (): CallwrightError => inputError('scenario.too-deep', RUNTIME_ERRORS['scenario.too-deep']);
export const moved = (): CallwrightError => inputError('run.moved', RUNTIME_ERRORS['run.moved']);
export const stopped = (): CallwrightError => inputError('run.stopped', RUNTIME_ERRORS['run.stopped']);
export const replayDiverged = (message: string): CallwrightError => inputError('run.replay-diverged', message);
