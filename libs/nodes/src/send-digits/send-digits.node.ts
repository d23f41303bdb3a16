import { z } from 'zod';
import { DIGITS } from '@callwright/channel-contract';
import { duration, onceEvaluated, TEXT_LIMIT } from '../fields/index.js';
import { defineNode } from '../node.js';
import { interrupted, isOver } from '../running/over.js';

const DIGIT_TEXT = new RegExp(`^[${DIGITS}]{1,256}$`);

export const sendDigits = defineNode({
  type: 'send-digits',
  version: 1,
  title: 'Send digits',
  summary: 'Presses keys towards the caller.',
  icon: 'Keyboard',
  group: 'call',
  needs: 'audio',
  config: z.strictObject({
    digits: z
      .string()
      .max(TEXT_LIMIT)
      .refine(
        onceEvaluated((digits) => DIGIT_TEXT.test(digits)),
        'Digits are 0-9, *, # and A-D, at most 256.',
      )
      .meta({ title: 'Digits', description: 'Keys that are pressed, one after the other.', control: 'text' }),
    durationMs: duration('Length', 'How long each key is held.', { min: 40, max: 5_000 }).default(100),
    gapMs: duration('Gap', 'Pause between two keys.', { min: 20, max: 5_000 }).default(100),
  }),
  outcomes: () => ['done'],
  async run(run) {
    const { digits, ...options } = run.config;
    await run.channel.caller.sendDigits(digits, options, run.signal);
    return isOver(run) ? interrupted() : { outcome: 'done' };
  },
});
