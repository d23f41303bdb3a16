import type { CallCause, CallState, LegState } from '@callwright/channel-contract';
import { msg } from '../i18n/i18n.js';
import type { Sound } from './quality.js';

export const legStateNames: Readonly<Record<LegState, string>> = {
  incoming: msg('incoming'),
  calling: msg('calling'),
  ringing: msg('ringing'),
  answered: msg('answered'),
  held: msg('on hold'),
  ended: msg('ended'),
};

export const callStateNames: Readonly<Record<CallState, string>> = {
  ...legStateNames,
  transferred: msg('transferred'),
};

export const gradeNames: Readonly<Record<Sound['grade'], string>> = {
  good: msg('good'),
  fair: msg('fair'),
  poor: msg('poor'),
};

export const causeNames: Readonly<Record<CallCause, string>> = {
  normal: msg('normal end'),
  busy: msg('busy'),
  'no-answer': msg('no answer'),
  declined: msg('declined'),
  cancelled: msg('caller gave up'),
  'not-found': msg('no such number'),
  unreachable: msg('unreachable'),
  'media-timeout': msg('sound broke off'),
  rejected: msg('rejected'),
  interrupted: msg('server stopped'),
  failed: msg('failed'),
};
