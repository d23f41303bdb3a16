import { applyEdits, type ScenarioDocument } from '@callwright/scenario';
import type { LoggedEvent } from '../api/types.js';
import { frontDesk } from './scenarios.js';

/** A call through the front desk, as its log tells it: an event a second; the caller presses 1 and hangs up at the last node. */
export function loggedCall(): { readonly document: ScenarioDocument; readonly events: readonly LoggedEvent[] } {
  const { document } = applyEdits(frontDesk(), [
    { type: 'add-node', id: 'note', node: { type: 'set-variables', input: { assign: { team: 'sales' } } } },
    { type: 'wire', id: 'menu', outcome: 'sales', target: 'note' },
    { type: 'wire', id: 'note', outcome: 'done', target: 'bye' },
    { type: 'set-variables', variables: { team: null } },
  ]);
  const leg = 'caller';
  const entries: readonly (Partial<LoggedEvent> & { readonly name: string })[] = [
    { name: 'call.started', direction: 'inbound', from: '+37060000000', to: '1000', parameters: {} },
    { name: 'call.answered', leg },
    { name: 'node.entered', node: 'answer', type: 'answer', config: {} },
    { name: 'node.left', node: 'answer', type: 'answer', outcome: 'answered', output: {}, durationMs: 5 },
    { name: 'node.entered', node: 'menu', type: 'menu', config: {} },
    { name: 'prompt.started', node: 'menu', leg, parts: [{ say: 'For sales press 1.' }] },
    { name: 'digit.received', leg, digit: '1', method: 'rfc4733', durationMs: 90 },
    { name: 'prompt.ended', node: 'menu', leg, reason: 'barge-in' },
    { name: 'node.left', node: 'menu', type: 'menu', outcome: 'sales', output: { digits: '1' }, durationMs: 900 },
    { name: 'node.entered', node: 'note', type: 'set-variables', config: { assign: { team: 'sales' } } },
    { name: 'variables.changed', changes: { team: 'sales' } },
    { name: 'node.left', node: 'note', type: 'set-variables', outcome: 'done', output: {}, durationMs: 1 },
    { name: 'node.entered', node: 'bye', type: 'hang-up', config: {} },
    { name: 'call.ended', cause: 'normal', endedBy: 'caller', durationMs: 12_000 },
    { name: 'run.ended', node: 'bye', reason: 'call-ended' },
  ];
  const at = (index: number) => new Date(Date.UTC(2026, 2, 2, 10, 0, index)).toISOString();
  const events = entries.map((entry, index) => ({
    callId: 'c1',
    scenarioId: 's1',
    version: 1,
    seq: index + 1,
    at: at(index),
    ...entry,
  }));
  return { document, events };
}
