import { z } from 'zod';
import { HANG_UP_CAUSES } from '@callwright/channel-contract';
import { defineNode } from '../node.js';

export const hangUp = defineNode({
  type: 'hang-up',
  version: 1,
  title: 'Hang up',
  summary: 'Ends the call.',
  icon: 'PhoneOff',
  group: 'call',
  needs: 'none',
  config: z.strictObject({
    cause: z
      .enum(HANG_UP_CAUSES)
      .meta({
        title: 'Cause',
        description: 'What the caller is told when the call was not answered yet.',
        control: 'choice',
      })
      .default('normal'),
  }),
  outcomes: () => [],
  async run({ channel, config }) {
    await channel.hangUp(config.cause);
    return { outcome: null };
  },
});
