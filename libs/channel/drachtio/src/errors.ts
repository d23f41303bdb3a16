import { bugError, resourceError } from '@callwright/kernel';

/** Every code of this project, with the sentence that the reference page prints. Those of calls are the contract's. */
export const DRACHTIO_ERRORS = {
  'drachtio.unreachable':
    'drachtio-server does not answer, or does not take the secret; details hold where it was looked for and the reason.',
  'freeswitch.unreachable':
    'No FreeSWITCH answers on its event socket, or none has the SIP profile drachtio_mrf; details hold the reasons.',
  'freeswitch.refused': 'FreeSWITCH did not do what it was told; details hold the command and its answer.',
  'freeswitch.unsafe-argument':
    'Something was to be told to FreeSWITCH that it could read as more than one word; nothing that people write may reach it.',
  'freeswitch.not-supported': 'FreeSWITCH, or the adapter to it, cannot do this; details hold what.',
  'freeswitch.bad-media-folder':
    'The folder through which audio goes to FreeSWITCH has a blank or a sign in its path that FreeSWITCH would read as more than a name.',
} as const;

export const drachtioUnreachable = (address: string, reason: string) =>
  resourceError('drachtio.unreachable', `drachtio-server at ${address} cannot be used: ${reason}`, { address, reason });
export const freeswitchUnreachable = (reasons: readonly string[]) =>
  resourceError('freeswitch.unreachable', `No FreeSWITCH can be used: ${reasons.join('; ')}`, { reasons });
export const freeswitchRefused = (command: string, answer: string) =>
  resourceError('freeswitch.refused', `FreeSWITCH refused ${command}: ${answer}`, { command, answer });
export const unsafeArgument = (argument: string) =>
  bugError('freeswitch.unsafe-argument', 'This cannot be one argument of a FreeSWITCH command', { argument });
export const notSupported = (what: string) =>
  resourceError('freeswitch.not-supported', `${what} is not there with TELEPHONY=drachtio`, { what });
export const badMediaFolder = (folder: string) =>
  resourceError(
    'freeswitch.bad-media-folder',
    `DATA_DIR must have no blanks and no special signs in its path when TELEPHONY=drachtio: ${folder}`,
    { folder },
  );
