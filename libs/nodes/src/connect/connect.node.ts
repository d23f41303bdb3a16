import { z } from 'zod';
import { durationMs, endedBy, given, legName, toggle } from '../fields/index.js';
import { defineNode } from '../node.js';
import { withFreeName } from '../running/free-name.js';
import { interrupted, isOver } from '../running/over.js';
import { bridge } from './bridge.js';

export const connect = defineNode({
  type: 'connect',
  version: 1,
  title: 'Connect',
  summary: 'Lets the caller and another leg talk to each other.',
  icon: 'ArrowsJoin',
  group: 'connect',
  needs: 'audio',
  waitsFor: 'far-end',
  config: z.strictObject({
    leg: legName('Leg', 'The leg that a Dial node called.').default('agent'),
    record: toggle('Record', 'Both sides are recorded.').default(false),
    stereo: toggle('Stereo', 'In the recording the caller is on the left and the other side on the right.').default(
      false,
    ),
  }),
  outcomes: () => ['ended'],
  output: z.strictObject({
    endedBy,
    durationMs,
    recording: given(z.string(), 'Name of the recording, when there is one.', 'connect').optional(),
  }),
  async run(run) {
    const leg = run.leg(run.config.leg);
    const { recording, endedBy, durationMs } = run.config.record
      ? await withFreeName(run.node, 'call.recording-exists', async (name) => ({
          recording: name,
          ...(await bridge(run, leg, { record: name, stereo: run.config.stereo })),
        }))
      : { recording: null, ...(await bridge(run, leg, { record: null })) };
    const output = { endedBy, durationMs, ...(recording !== null && { recording }) };
    return isOver(run) ? interrupted(output) : { outcome: 'ended', output };
  },
});
