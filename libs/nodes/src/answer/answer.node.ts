import { z } from 'zod';
import { callHeaders, toHeaders } from '../fields/index.js';
import { defineNode } from '../node.js';

export const answer = defineNode({
  type: 'answer',
  version: 1,
  title: 'Answer',
  summary: 'Picks up the call.',
  icon: 'PhoneCheck',
  group: 'call',
  needs: 'alive',
  config: z.strictObject({
    headers: callHeaders('Headers', 'Headers of your own that go with the answer.').default({}),
  }),
  outcomes: () => ['answered'],
  async run({ channel, config }) {
    await channel.caller.answer({ headers: toHeaders(config.headers) });
    return { outcome: 'answered' };
  },
});
