import { z } from 'zod';
import { multiline } from '../fields/index.js';
import { defineNode, LOG_LEVELS } from '../node.js';

export const log = defineNode({
  type: 'log',
  version: 1,
  title: 'Log',
  summary: "Writes a line on the call's timeline.",
  icon: 'Notes',
  group: 'data',
  needs: 'none',
  instant: true,
  config: z.strictObject({
    level: z
      .enum(LOG_LEVELS)
      .meta({ title: 'Level', description: 'How much it matters.', control: 'choice' })
      .default('info'),
    message: multiline('Message', 'The line; secrets are masked in it.'),
  }),
  outcomes: () => ['done'],
  run(run) {
    run.log(run.config.level, run.config.message);
    return Promise.resolve({ outcome: 'done' });
  },
});
