import { z } from 'zod';
import { duration } from '../fields/index.js';
import { defineNode } from '../node.js';
import { interrupted } from '../running/over.js';
import { pause } from '../running/pause.js';

export const waitForHangUp = defineNode({
  type: 'wait-for-hang-up',
  version: 1,
  title: 'Wait for hang-up',
  summary: 'Waits until the caller hangs up.',
  icon: 'PhonePause',
  group: 'call',
  needs: 'alive',
  waitsFor: 'caller',
  config: z.strictObject({
    maxMs: duration('At most', 'How long; empty: as long as the call lasts.', { min: 100 }).optional(),
  }),
  outcomes: () => ['timeout'],
  async run({ config, services, signal }) {
    const passed = await pause(services.clock, config.maxMs ?? Infinity, signal);
    return passed ? { outcome: 'timeout' } : interrupted();
  },
});
