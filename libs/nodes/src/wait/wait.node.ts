import { z } from 'zod';
import { duration } from '../fields/index.js';
import { defineNode } from '../node.js';
import { interrupted } from '../running/over.js';
import { pause } from '../running/pause.js';

export const wait = defineNode({
  type: 'wait',
  version: 1,
  title: 'Wait',
  summary: 'Lets time pass.',
  icon: 'Hourglass',
  group: 'logic',
  needs: 'none',
  config: z.strictObject({ durationMs: duration('Duration', 'How long.') }),
  outcomes: () => ['done'],
  async run({ config, services, signal }) {
    return (await pause(services.clock, config.durationMs, signal)) ? { outcome: 'done' } : interrupted();
  },
});
