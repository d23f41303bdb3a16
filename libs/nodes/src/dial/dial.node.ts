import { z } from 'zod';
import {
  callHeaders,
  destination,
  duration,
  given,
  legCause,
  legName,
  prompt,
  shownNumber,
  toHeaders,
} from '../fields/index.js';
import { defineNode } from '../node.js';
import { interrupted } from '../running/over.js';
import { dialLeg, earlyMedia } from './dial-leg.js';

export const dial = defineNode({
  type: 'dial',
  version: 1,
  title: 'Dial',
  summary: 'Calls somebody as a second leg of this call.',
  icon: 'PhoneOutgoing',
  group: 'connect',
  needs: 'alive',
  waitsFor: 'far-end',
  config: z.strictObject({
    to: destination('To', 'Who is called: phone:NAME, a number, trunk:NAME/NUMBER, sip:, tel: or scenario:ID.'),
    from: shownNumber('From', 'The number that is shown; empty: the one that was called.').optional(),
    leg: legName('Leg', 'Name of the new leg, for the nodes that connect it.').default('agent'),
    timeoutMs: duration('Ring for', 'How long it may ring there.', { min: 1_000, max: 600_000 }).default(60_000),
    headers: callHeaders('Headers', 'Headers of your own that go with the call.').default({}),
    music: prompt('Music', 'What the caller hears meanwhile, over and over.').default([{ tone: 'ringback' }]),
    earlyMedia,
  }),
  outcomes: () => ['answered', 'busy', 'no-answer'],
  output: z.strictObject({
    cause: legCause,
    leg: given(z.string(), 'Name of the leg that answered.', 'agent').optional(),
  }),
  async run(run) {
    const { from, headers, ...options } = run.config;
    const dialled = await dialLeg(run, { ...options, from, headers: toHeaders(headers) });
    if (dialled.outcome === 'answered') return { outcome: 'answered', output: { cause: null, leg: dialled.leg.name } };
    const output = { cause: dialled.cause };
    return dialled.outcome === 'cancelled' ? interrupted(output) : { outcome: dialled.outcome, output };
  },
});
