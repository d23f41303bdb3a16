import type { LoggedEvent } from '../api/types.js';
import { promptText } from '../editor/model/promptText.js';
import { formatDuration } from '../app/format.js';
import { describeFaxEvent } from './describeFaxEvent.js';

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
        `${event['direction'] === 'outbound' ? 'Outbound' : 'Inbound'} call`,
        `${field('from')} → ${field('to')}`,
      );
    case 'call.state-changed':
      return say('call', `Call ${field('to')}`, `was ${field('from')}`);
    case 'call.answered':
      return say('call', 'Answered', field('leg'));
    case 'call.ended':
      return say(
        'call',
        `Call ended: ${field('cause')}`,
        `by ${field('endedBy')}, after ${formatDuration(Number(event['durationMs']))}`,
      );
    case 'leg.added':
      return say('leg', `Leg ${field('leg')} added`, field('uri'));
    case 'leg.state-changed':
      return say('leg', `Leg ${field('leg')} ${field('to')}`);
    case 'leg.ended':
      return say('leg', `Leg ${field('leg')} ended`, field('cause'));
    case 'node.entered':
      return say('node', `→ ${field('node')}`, field('type'));
    case 'node.left':
      return say(
        'node',
        event['outcome'] === null ? `${field('node')} was interrupted` : `${field('node')}: ${field('outcome')}`,
        outputText(event['output']),
      );
    case 'prompt.started':
      return say('prompt', 'Prompt', promptText(event['parts']));
    case 'prompt.ended':
      return say('prompt', `Prompt ended: ${field('reason')}`);
    case 'digit.received':
      return say(
        'input',
        event['digit'] === null ? 'A digit of a secret' : `Digit ${field('digit')}`,
        `${field('method')}, ${field('durationMs')} ms`,
      );
    case 'recording.started':
      return say('input', 'Recording', field('recording') || field('name'));
    case 'recording.ended':
      return say(
        'input',
        `Recorded ${formatDuration(Number(event['durationMs']))}`,
        `${field('recording') || (field('name') === event.name ? '' : field('name'))} ${field('cause')}`.trim(),
      );
    case 'variables.changed':
      return say('log', 'Variables', field('changes'));
    case 'log.written':
      return say(event['level'] === 'error' ? 'problem' : 'log', field('message'), field('level'));
    case 'command.received':
      return say(
        'log',
        `Command ${field('type')}`,
        `by ${field('by')}${event['accepted'] === false ? ', refused' : ''}`,
      );
    case 'run.failed':
      return say('problem', `${field('node')} failed: ${field('code')}`, field('message'));
    case 'run.ended':
      return say('call', 'The scenario ended', field('reason'));
    default:
      return describeFaxEvent(event) ?? say('log', event.name);
  }
}

function outputText(output: unknown): string | null {
  if (typeof output !== 'object' || output === null || Object.keys(output).length === 0) return null;
  return Object.entries(output)
    .map(([key, value]) => `${key}: ${text(value)}`)
    .join(', ');
}
