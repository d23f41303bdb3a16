import { z } from 'zod';
import { duration, durationMs, given, keyList, name, toggle } from '../fields/index.js';
import { defineNode } from '../node.js';
import { withFreeName } from '../running/free-name.js';

export const record = defineNode({
  type: 'record',
  version: 1,
  title: 'Record',
  summary: 'Records what the caller says.',
  icon: 'Microphone',
  group: 'input',
  needs: 'audio',
  waitsFor: 'caller',
  config: z.strictObject({
    name: name(
      'Name',
      'Name of the recording; empty: the id of this node. A second one of that name gets "-2" added.',
    ).optional(),
    maxMs: duration('At most', 'Greatest length.', { min: 100 }).default(120_000),
    silenceMs: duration('Silence', 'So much silence ends it; 0: silence does not.', { max: 600_000 }).default(5_000),
    terminators: keyList('Terminators', 'Keys that end it.').default(['#']),
    beep: toggle('Beep', 'The caller hears a beep before it begins.').default(true),
  }),
  outcomes: () => ['recorded', 'no-audio'],
  output: z.strictObject({
    recording: given(z.string(), 'Name of the recording.', 'message'),
    durationMs,
    cause: given(z.string(), 'What ended it: silence, max, terminator or hang-up.', 'silence'),
    audioDetected: given(z.boolean(), 'Whether anything was said.', true),
  }),
  async run({ node, channel, config, signal }) {
    const result = await withFreeName(config.name ?? node, 'call.recording-exists', (free) =>
      channel.caller.record({ ...config, name: free }, signal),
    );
    const { name: recording, durationMs, cause, audioDetected } = result;
    return {
      outcome: audioDetected ? 'recorded' : 'no-audio',
      output: { recording, durationMs, cause, audioDetected },
    };
  },
});
