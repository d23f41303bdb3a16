import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../api/types.js';
import { loggedCall } from '../testing/loggedCall.js';
import { whyEnded } from './whyEnded.js';

const { events } = loggedCall();
const words = (log: readonly LoggedEvent[]) => whyEnded(log).map(({ text }) => text);
/** The same call, with an end of another kind. */
const ending = (change: Partial<LoggedEvent>, reason = 'call-ended') =>
  events.map((event) =>
    event.name === 'call.ended' ? { ...event, ...change } : event.name === 'run.ended' ? { ...event, reason } : event,
  ) as readonly LoggedEvent[];

describe('why a call ended', () => {
  it('says who hung up, where, and what led there', () => {
    expect(words(events)).toEqual([
      'The caller hung up at bye, after 0:01 there.',
      'note took done.',
      'menu took sales: the caller pressed 1.',
      'answer took answered.',
    ]);
    expect(whyEnded(events)[2]?.seq).toBe(
      events.find(({ name, node }) => name === 'node.left' && node === 'menu')?.seq,
    );
  });

  it.each([
    ['the scenario', ending({ endedBy: 'system' }), 'The scenario hung up at bye.'],
    ['a crash', ending({ cause: 'interrupted', endedBy: 'system' }), 'The service stopped while the call was at bye.'],
    [
      'silence on the line',
      ending({ cause: 'media-timeout', endedBy: 'system' }),
      'Nothing came from the caller for so long that the call was given up: no audio at all.',
    ],
    [
      'a loop',
      ending({ endedBy: 'system' }, 'step-budget'),
      'The scenario went round and round and was stopped: it had entered as many nodes as a call may.',
    ],
  ])('tells %s', (_, log, expected) => {
    expect(words(log)[0]).toBe(expected);
  });

  it('says nothing of a call that goes on', () => {
    expect(whyEnded(events.slice(0, -2))).toEqual([]);
  });
});
