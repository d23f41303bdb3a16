import { describe, expect, it } from 'vitest';
import { loggedCall } from '../testing/loggedCall.js';
import { indexAt, knowledgeAfter, stepFrom } from './moments.js';

const { document, events } = loggedCall();
const named = (name: string) => events.findIndex((event) => event.name === name);

describe('a moment of a call', () => {
  it('knows what the scenario knew, and no more', () => {
    expect(knowledgeAfter(document, events.slice(0, 1)).vars).toEqual({ team: null });
    const atMenu = knowledgeAfter(document, events.slice(0, named('digit.received') + 1));
    expect(atMenu).toEqual({ vars: { team: null }, steps: { answer: {} } });
    const atEnd = knowledgeAfter(document, events);
    expect(atEnd.vars).toEqual({ team: 'sales' });
    expect(atEnd.steps).toMatchObject({ menu: { digits: '1' } });
  });

  it('is stepped to, forwards and back, from one thing that a person notices to the next', () => {
    expect(events[stepFrom(events, 0, 1)]?.name).toBe('call.answered');
    const digit = named('digit.received');
    expect(events[stepFrom(events, digit, 1)]?.name).toBe('node.left');
    expect(events[stepFrom(events, digit, -1)]?.name).toBe('node.entered');
    expect(stepFrom(events, events.length - 1, 1)).toBe(events.length - 1);
    expect(stepFrom(events, 0, -1)).toBe(0);
  });

  it('is found by its time', () => {
    const [first] = events;
    const began = Date.parse(first!.at);
    expect(indexAt(events, began - 5000)).toBe(0);
    expect(events[indexAt(events, began + 5_500)]?.name).toBe('prompt.started');
    expect(indexAt(events, began + 3_600_000)).toBe(events.length - 1);
  });
});
