import { z } from 'zod';
import { duration, given, prompt, tags, toggle } from '../fields/index.js';
import { defineNode } from '../node.js';
import { interrupted, isOver } from '../running/over.js';

const DURATION_HELP =
  'How long it rings. 0 goes on at once, and it rings until the answer; nothing (null): as long as the ringtone lasts.';

export const ring = defineNode({
  type: 'ring',
  version: 1,
  title: 'Ring',
  summary: 'Lets the caller hear that it rings, before the call is answered.',
  icon: 'BellRinging',
  group: 'call',
  needs: 'alive',
  config: z.strictObject({
    durationMs: duration('Duration', DURATION_HELP)
      .nullable()
      .default(0)
      .meta({ title: 'Duration', description: DURATION_HELP, control: 'duration' }),
    earlyMedia: toggle(
      'Early media',
      'The caller hears the ringtone below instead of the one of their own network.',
    ).default(false),
    ringtone: prompt('Ringtone', 'What is heard with early media.').default([]),
    repeat: toggle('Repeat', 'The ringtone begins anew at its end.').default(false),
    codecs: tags('Codecs', 'Codecs to offer, the best first, such as PCMA; empty: all.').default([]),
  }),
  outcomes: () => ['done'],
  output: z.strictObject({
    earlyMedia: given(z.boolean(), 'Whether the caller could hear the ringtone.', true),
  }),
  async run(run) {
    const output = await run.channel.caller.ring(run.config, run.signal);
    return isOver(run) ? interrupted(output) : { outcome: 'done', output };
  },
});
