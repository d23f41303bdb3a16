import { z } from 'zod';
import { callHeaders, toHeaders } from '../fields/index.js';
import { defineNode } from '../node.js';
import { ABORTED, orAborted } from '../running/or-aborted.js';
import { interrupted } from '../running/over.js';

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
  async run({ channel, config, signal }) {
    const answered = await orAborted(channel.caller.answer({ headers: toHeaders(config.headers) }), signal);
    return answered === ABORTED ? interrupted() : { outcome: 'answered' };
  },
});
