import { bugError, resourceError } from '@callwright/kernel';

/** Every code of this project, with the sentence that the reference page prints. Those of calls are the contract's. */
export const EMBEDDED_ERRORS = {
  'media.no-ports':
    'Every RTP port of the configured range is taken; more calls fit when others end, or with a wider range.',
  'media.bind-failed': 'No socket can be bound to the local address that calls are to use; details hold the reason.',
  'media.worker-failed': 'A media worker died or did not start; its calls are lost, and a new worker is started.',
  'media.stopped': 'The media engine was asked for something before it was started or after it was stopped.',
  'media.not-one-worker':
    'Two sessions of different calls were to be bridged: only sessions of one call share a worker.',
} as const;

export const noPorts = (tried: number) => resourceError('media.no-ports', 'No RTP port is free', { tried });
export const bindFailed = (reason: string) =>
  resourceError('media.bind-failed', 'A media socket could not be bound', { reason });
export const workerFailed = (reason: string) =>
  resourceError('media.worker-failed', 'A media worker failed', { reason });
export const engineStopped = () => bugError('media.stopped', 'The media engine is not running');
export const notOneWorker = () => bugError('media.not-one-worker', 'Only sessions of one call can be bridged');
