import { z } from 'zod';
import { count, distinct, duration, escalation, given, keyMap, prompt, toggle } from '../fields/index.js';
import { language, voice } from '../fields/prompt.js';
import { defineNode } from '../node.js';
import { ask } from '../running/ask.js';
import { interrupted, isOver } from '../running/over.js';
import { choose } from './choose.js';

export const menu = defineNode({
  type: 'menu',
  version: 1,
  title: 'Menu',
  summary: 'Asks the caller to choose with a key.',
  icon: 'ListNumbers',
  group: 'input',
  needs: 'audio',
  waitsFor: 'caller',
  collectsDigits: true,
  config: z.strictObject({
    prompt: prompt('Prompt', 'The choices, as the caller hears them.').default([]),
    keys: keyMap('Keys', 'What is pressed, and the outcome that it leads to.'),
    attempts: count('Attempts', 'How often the caller is asked in all, after silence and wrong keys together.', {
      min: 1,
      max: 20,
    }).default(3),
    timeoutMs: duration('Timeout', 'How long to wait for a key after the prompt.', { min: 100, max: 600_000 }).default(
      5_000,
    ),
    noInputPrompts: escalation(
      'After silence',
      'Heard instead of the prompt after the first, second, … silence; none: the prompt again.',
    ).default([]),
    noMatchPrompts: escalation(
      'After a wrong key',
      'Heard instead of the prompt after the first, second, … wrong key; none: the prompt again.',
    ).default([]),
    bargeIn: toggle('Barge-in', 'A key ends the prompt.').default(true),
    interDigitTimeoutMs: duration(
      'Between digits',
      'Where one key is the beginning of a longer one (1 and 12): how long to wait for more.',
      {
        min: 100,
        max: 60_000,
      },
    ).default(3_000),
    voice,
    language,
  }),
  outcomes: (config) => distinct([...Object.values(config.keys), 'no-input', 'no-match']),
  output: z.strictObject({ digits: given(z.string(), 'What was pressed; empty: nothing.', '1') }),
  keysFor: (outcome, { keys }) => Object.entries(keys).find(([, name]) => name === outcome)?.[0] ?? null,
  async run(run) {
    const { channel, config, signal } = run;
    const keys = new Map(Object.entries(config.keys));
    const reply = await ask(run, config, () => choose(channel.caller.digits, keys, config, signal));
    if (reply.kind === 'match') return { outcome: reply.match.outcome, output: { digits: reply.match.digits } };
    const output = { digits: reply.kind === 'no-match' ? reply.digits : '' };
    return isOver(run) ? interrupted(output) : { outcome: reply.kind, output };
  },
});
