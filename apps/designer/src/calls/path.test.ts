import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../api/types.js';
import { frontDesk } from '../testing/scenarios.js';
import { describeEvent } from './describeEvent.js';
import { traceOf } from './traceOf.js';

const log = (...entries: readonly (Partial<LoggedEvent> & { readonly name: string })[]): LoggedEvent[] =>
  entries.map((entry, index) => ({
    callId: 'c1',
    scenarioId: 's1',
    version: 1,
    seq: index + 1,
    at: `2026-03-02T10:00:0${index}.000Z`,
    ...entry,
  }));

const events = log(
  { name: 'call.started', direction: 'inbound', from: '+37060000000', to: '1000', parameters: {} },
  { name: 'node.entered', node: 'answer', type: 'answer', config: {} },
  { name: 'node.left', node: 'answer', type: 'answer', outcome: 'answered', output: {}, durationMs: 5 },
  { name: 'node.entered', node: 'menu', type: 'menu', config: {} },
  { name: 'digit.received', leg: 'caller', digit: null, method: 'rfc4733', durationMs: 90 },
  { name: 'node.left', node: 'menu', type: 'menu', outcome: 'sales', output: { digits: '1' }, durationMs: 900 },
  { name: 'node.entered', node: 'sales', type: 'transfer', config: {} },
);

describe('the path of a call', () => {
  it('is the nodes that it entered and the wires between them', () => {
    const trace = traceOf(events, frontDesk());
    expect([...trace.nodes]).toEqual(['answer', 'menu', 'sales']);
    expect([...trace.wires]).toEqual(['answer:answered', 'menu:sales']);
    expect(trace.current).toBe('sales');
  });

  it('stands at the outer node while a subflow runs', () => {
    const trace = traceOf(log({ name: 'node.entered', node: 'menu/ask', type: 'say', config: {} }), frontDesk());
    expect([...trace.nodes]).toEqual(['menu']);
  });

  it('stands nowhere once the run has ended', () => {
    expect(
      traceOf([...events, ...log({ name: 'run.ended', node: 'sales', reason: 'end' })], frontDesk()).current,
    ).toBeNull();
  });
});

describe('an entry of the log in words', () => {
  it('never shows a secret digit', () => {
    expect(describeEvent(events[4]!)).toEqual({
      tone: 'input',
      title: 'A digit of a secret',
      detail: 'rfc4733, 90 ms',
    });
  });

  it('says which way a node was left, and with what', () => {
    expect(describeEvent(events[5]!)).toEqual({ tone: 'node', title: 'menu: sales', detail: 'digits: 1' });
  });

  it('has words even for an event that it does not know', () => {
    expect(describeEvent(log({ name: 'moon.risen' })[0]!).title).toBe('moon.risen');
  });
});
