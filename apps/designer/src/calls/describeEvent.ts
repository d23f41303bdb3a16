import type { LoggedEvent } from '../api/types.js';
import { promptText } from '../editor/model/promptText.js';
import { formatDuration } from '../app/format.js';
import { msg, t } from '../i18n/i18n.js';
import { callStateNames, causeNames } from '../live/words.js';
import { describeFaxEvent } from './describeFaxEvent.js';
import { named } from './named.js';

export type EventTone = 'call' | 'node' | 'prompt' | 'input' | 'leg' | 'fax' | 'log' | 'problem';

export interface EventWords {
  readonly tone: EventTone;
  readonly title: string;
  readonly detail: string | null;
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

/** An entry of a call's log, in words for a person. */
export function describeEvent(event: LoggedEvent): EventWords {
  const say = (tone: EventTone, title: string, detail: string | null = null): EventWords => ({
    tone,
    title,
    detail: detail === '' ? null : detail,
  });
  const field = (name: string) => text(event[name]);
  switch (event.name) {
    case 'call.started':
      return say(
        'call',
        event['direction'] === 'outbound' ? t('Outbound call') : t('Inbound call'),
        `${field('from')} → ${field('to')}`,
      );
    case 'call.state-changed':
      return say(
        'call',
        t('Call {{state}}', { state: named(callStateNames, field('to')) }),
        t('was {{state}}', { state: named(callStateNames, field('from')) }),
      );
    case 'call.answered':
      return say('call', t('Answered'), field('leg'));
    case 'call.ended':
      return say(
        'call',
        t('Call ended: {{cause}}', { cause: named(causeNames, field('cause')) }),
        t('by {{who}}, after {{time}}', {
          who: named(SIDES, field('endedBy')),
          time: formatDuration(Number(event['durationMs'])),
        }),
      );
    case 'leg.added':
      return say('leg', t('Leg {{leg}} added', { leg: field('leg') }), field('uri'));
    case 'leg.state-changed':
      return say('leg', t('Leg {{leg}} {{state}}', { leg: field('leg'), state: named(callStateNames, field('to')) }));
    case 'leg.ended':
      return say('leg', t('Leg {{leg}} ended', { leg: field('leg') }), named(causeNames, field('cause')));
    case 'node.entered':
      return say('node', `→ ${field('node')}`, field('type'));
    case 'node.left':
      return say(
        'node',
        event['outcome'] === null
          ? t('{{node}} was interrupted', { node: field('node') })
          : `${field('node')}: ${field('outcome')}`,
        outputText(event['output']),
      );
    case 'prompt.started':
      return say('prompt', t('Prompt'), promptText(event['parts']));
    case 'prompt.ended':
      return say('prompt', t('Prompt ended: {{reason}}', { reason: named(PROMPT_ENDS, field('reason')) }));
    case 'digit.received':
      return say(
        'input',
        event['digit'] === null ? t('A digit of a secret') : t('Digit {{digit}}', { digit: field('digit') }),
        `${field('method')}, ${field('durationMs')} ms`,
      );
    case 'recording.started':
      return say('input', t('Recording'), field('recording') || field('name'));
    case 'recording.ended':
      return say(
        'input',
        t('Recorded {{time}}', { time: formatDuration(Number(event['durationMs'])) }),
        `${field('recording') || (field('name') === event.name ? '' : field('name'))} ${field('cause')}`.trim(),
      );
    case 'variables.changed':
      return say('log', t('Variables'), field('changes'));
    case 'log.written':
      return say(event['level'] === 'error' ? 'problem' : 'log', field('message'), field('level'));
    case 'command.received':
      return say(
        'log',
        t('Command {{type}}', { type: field('type') }),
        event['accepted'] === false
          ? t('by {{who}}, refused', { who: field('by') })
          : t('by {{who}}', { who: field('by') }),
      );
    case 'run.failed':
      return say(
        'problem',
        t('{{node}} failed: {{code}}', { node: field('node'), code: field('code') }),
        field('message'),
      );
    case 'run.ended':
      return say('call', t('The scenario ended'), named(RUN_ENDS, field('reason')));
    default:
      return describeFaxEvent(event) ?? say('log', event.name);
  }
}

const SIDES = { caller: msg('the caller'), agent: msg('the far end'), system: msg('the system') };
const PROMPT_ENDS = { end: msg('heard to its end'), 'barge-in': msg('a key was pressed'), stopped: msg('stopped') };
const RUN_ENDS = {
  end: msg('at its end'),
  unwired: msg('at an outcome without a wire'),
  'call-ended': msg('the call had ended'),
  'step-budget': msg('it went round and round'),
};

function outputText(output: unknown): string | null {
  if (typeof output !== 'object' || output === null || Object.keys(output).length === 0) return null;
  return Object.entries(output)
    .map(([key, value]) => `${key}: ${text(value)}`)
    .join(', ');
}
