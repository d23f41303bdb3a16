import type { LoggedEvent } from '../api/types.js';
import { formatDuration } from '../app/format.js';
import { promptText } from '../editor/model/promptText.js';
import { t } from '../i18n/i18n.js';

/** A part of an explanation, and the entry of the log (`seq`) that it rests on. */
export interface Clause {
  readonly text: string;
  readonly seq: number;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Why a call ended, in words. Everything said stands in the log, and names its entry; what the log does not tell is not said.
 * The first clause is what happened, the others what led there. Empty: the call has not ended.
 */
export function whyEnded(events: readonly LoggedEvent[]): readonly Clause[] {
  const ended = events.find(({ name }) => name === 'call.ended');
  if (!ended) return [];
  const before = events.filter(({ seq }) => seq < ended.seq);
  const entered = before.findLast(({ name }) => name === 'node.entered');
  const run = events.find(({ name }) => name === 'run.ended');
  return [...whatHappened(ended, before, entered, run), ...whatLedThere(before, entered)];
}

function whatHappened(
  ended: LoggedEvent,
  before: readonly LoggedEvent[],
  entered: LoggedEvent | undefined,
  run: LoggedEvent | undefined,
): readonly Clause[] {
  const at = (seq: number, words: string): Clause => ({ seq, text: words });
  const node = text(entered?.['node']);
  const cause = text(ended['cause']);
  const by = text(ended['endedBy']);
  const command = before.findLast(
    (event) => event.name === 'command.received' && event['type'] === 'hang-up' && event['accepted'] === true,
  );
  const failed = before.findLast(({ name }) => name === 'run.failed');
  const fault = failed
    ? [
        at(
          failed.seq,
          t('{{node}} had failed: {{message}}', { node: text(failed['node']), message: text(failed['message']) }),
        ),
      ]
    : [];
  if (cause === 'interrupted')
    return [
      at(
        ended.seq,
        entered
          ? t('The service stopped while the call was at {{node}}.', { node })
          : t('The service stopped during the call.'),
      ),
    ];
  if (cause === 'media-timeout')
    return [
      at(ended.seq, t('Nothing came from the caller for so long that the call was given up: no audio at all.')),
      ...fault,
    ];
  if (command)
    return [
      at(
        command.seq,
        t('{{who}} ended the call by command, at {{node}}.', { who: text(command['by']), node: node || '—' }),
      ),
    ];
  if (by === 'caller') return callerEnded(ended, before, entered, cause);
  const left =
    entered &&
    before.findLast(
      (event) => event.name === 'node.left' && event['node'] === entered['node'] && event.seq > entered.seq,
    );
  if (run?.['reason'] === 'step-budget')
    return [
      at(run.seq, t('The scenario went round and round and was stopped: it had entered as many nodes as a call may.')),
    ];
  if (run?.['reason'] === 'unwired' && left) {
    if (left['outcome'] === 'failed')
      return [
        at(
          left.seq,
          t('{{node}} failed, and neither it nor the scenario has a way for that: the call ended politely.', { node }),
        ),
        ...fault,
      ];
    return [
      at(
        left.seq,
        t('{{node}} took the outcome {{outcome}}, which is wired to nothing: the call ends there.', {
          node,
          outcome: text(left['outcome']),
        }),
      ),
    ];
  }
  if (entered && entered['type'] === 'hang-up')
    return [at(entered.seq, t('The scenario hung up at {{node}}.', { node })), ...fault];
  if (by === 'agent') return [at(ended.seq, t('The far end ended the call: {{cause}}.', { cause }))];
  if (left)
    return [
      at(
        left.seq,
        t('The scenario came to its end at {{node}}, with the outcome {{outcome}}.', {
          node,
          outcome: text(left['outcome']),
        }),
      ),
      ...fault,
    ];
  return [at(ended.seq, t('The call ended: {{cause}}.', { cause })), ...fault];
}

function callerEnded(
  ended: LoggedEvent,
  before: readonly LoggedEvent[],
  entered: LoggedEvent | undefined,
  cause: string,
): readonly Clause[] {
  const answered = before.some((event) => event.name === 'call.answered' && event['leg'] === 'caller');
  const outbound = before[0]?.['direction'] === 'outbound';
  if (!answered && outbound)
    return [{ seq: ended.seq, text: t('Nobody answered the call that was placed: {{cause}}.', { cause }) }];
  if (!answered) return [{ seq: ended.seq, text: t('The caller gave up before the call was answered.') }];
  if (!entered) return [{ seq: ended.seq, text: t('The caller hung up.') }];
  const node = text(entered['node']);
  const time = formatDuration(Date.parse(ended.at) - Date.parse(entered.at));
  const clauses: Clause[] = [
    { seq: ended.seq, text: t('The caller hung up at {{node}}, after {{time}} there.', { node, time }) },
  ];
  const prompt = before.findLast((event) => event.name === 'prompt.started' && event['leg'] === 'caller');
  if (!prompt || prompt.seq < entered.seq) return clauses;
  const stop = before.find(
    (event) => event.name === 'prompt.ended' && event['leg'] === 'caller' && event.seq > prompt.seq,
  );
  const words = promptText(prompt['parts']) ?? '…';
  const cut = !stop || (stop['reason'] === 'stopped' && Date.parse(ended.at) - Date.parse(stop.at) < 1000);
  clauses.push({
    seq: prompt.seq,
    text: cut
      ? t('{{words}} was being heard.', { words })
      : t('The last thing heard was {{words}}, {{time}} before.', {
          words,
          time: formatDuration(Date.parse(ended.at) - Date.parse(stop.at)),
        }),
  });
  return clauses;
}

/** The decisions on the way to the last node, the latest first. */
function whatLedThere(before: readonly LoggedEvent[], entered: LoggedEvent | undefined): readonly Clause[] {
  if (!entered) return [];
  const decisions = before.filter(
    (event) =>
      event.name === 'node.left' &&
      event.seq < entered.seq &&
      event['outcome'] !== null &&
      !text(event['node']).includes('/'),
  );
  return decisions
    .slice(-3)
    .reverse()
    .map((event) => ({ seq: event.seq, text: decision(event, before) }));
}

function decision(left: LoggedEvent, before: readonly LoggedEvent[]): string {
  const [node, outcome] = [text(left['node']), text(left['outcome'])];
  const output = (left['output'] ?? {}) as Readonly<Record<string, unknown>>;
  const config = (before.findLast(
    (event) => event.name === 'node.entered' && event['node'] === left['node'] && event.seq < left.seq,
  )?.['config'] ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof output['digits'] === 'string' && output['digits'] !== '')
    return t('{{node}} took {{outcome}}: the caller pressed {{digits}}.', { node, outcome, digits: output['digits'] });
  if (typeof output['status'] === 'number')
    return t('{{node}} took {{outcome}}: the web service answered {{status}}.', {
      node,
      outcome,
      status: output['status'],
    });
  if (typeof output['cause'] === 'string' && output['cause'] !== '')
    return t('{{node}} took {{outcome}}: {{cause}}.', { node, outcome, cause: output['cause'] });
  if (left['type'] === 'business-hours') {
    const schedule = typeof config['schedule'] === 'string' ? config['schedule'] : t('its own hours');
    return t('{{node}} took {{outcome}}: by {{schedule}}, at {{time}}.', { node, outcome, schedule, time: left.at });
  }
  return t('{{node}} took {{outcome}}.', { node, outcome });
}
