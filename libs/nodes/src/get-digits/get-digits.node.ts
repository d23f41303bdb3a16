import { z } from 'zod';
import { count, duration, escalation, given, keyList, prompt, toggle } from '../fields/index.js';
import { language, voice } from '../fields/prompt.js';
import { defineNode } from '../node.js';
import { ask, type Reply } from '../running/ask.js';
import { interrupted, isOver } from '../running/over.js';
import { collect, type Entry } from './collect.js';
import { digitPattern, fits } from './pattern.js';

/** More digits than this are no number that anybody types. */
const MAX_DIGITS = 256;

export const getDigits = defineNode({
  type: 'get-digits',
  version: 1,
  title: 'Get digits',
  summary: 'Asks the caller for a number.',
  icon: 'Dialpad',
  group: 'input',
  needs: 'audio',
  waitsFor: 'caller',
  collectsDigits: true,
  config: z
    .strictObject({
      prompt: prompt('Prompt', 'What the caller is asked for.').default([]),
      minDigits: count('At least', 'How many digits it takes.', { max: MAX_DIGITS }).default(1),
      maxDigits: count('At most', 'How many digits are taken; empty: until a terminator or a pause.', {
        min: 1,
        max: MAX_DIGITS,
      }).optional(),
      terminators: keyList('Terminators', 'Keys that end the entry; they are not part of the digits.').default(['#']),
      firstDigitTimeoutMs: duration('First digit', 'How long to wait for the first digit after the prompt.', {
        min: 100,
        max: 600_000,
      }).default(5_000),
      interDigitTimeoutMs: duration('Between digits', 'How long to wait for each further digit.', {
        min: 100,
        max: 600_000,
      }).default(3_000),
      attempts: count('Attempts', 'How often the caller is asked in all.', { min: 1, max: 20 }).default(1),
      noInputPrompts: escalation(
        'After silence',
        'Heard instead of the prompt after the first, second, … silence; none: the prompt again.',
      ).default([]),
      noMatchPrompts: escalation(
        'After a wrong entry',
        'Heard instead of the prompt after the first, second, … wrong entry; none: the prompt again.',
      ).default([]),
      pattern: digitPattern(
        'Pattern',
        'A regular expression that the whole entry must fit, such as [1-9][0-9]{3}.',
      ).optional(),
      secret: toggle('Secret', 'The digits appear in no log, no event and no recording name.').default(false),
      voice,
      language,
    })
    .refine(({ minDigits, maxDigits }) => maxDigits === undefined || minDigits <= maxDigits, {
      path: ['maxDigits'],
      error: 'This is less than the least number of digits.',
    }),
  outcomes: () => ['digits', 'no-input', 'no-match'],
  output: z.strictObject({
    digits: given(z.string(), 'What was typed, without the terminator.', '1234'),
    cause: given(z.string(), 'What ended the entry: count, terminator or timeout.', 'terminator'),
  }),
  keysFor: (outcome, config) => (outcome === 'digits' ? anEntry(config) : null),
  async run(run) {
    const { channel, config, signal } = run;
    const typed: string[] = [];
    let last: Entry = { digits: '', cause: 'timeout' };
    const reply = await ask(run, { ...config, bargeIn: true }, async (): Promise<Reply<Entry>> => {
      last = await collect(channel.caller.digits, { ...config, maxDigits: config.maxDigits ?? MAX_DIGITS }, signal);
      if (last.digits !== '') typed.push(last.digits);
      return judge(last, config);
    });
    const secrets = config.secret ? { secrets: typed } : {};
    const output = { ...last };
    if (last.cause === 'timeout' && isOver(run)) return { ...interrupted(output), ...secrets };
    return { outcome: reply.kind === 'match' ? 'digits' : reply.kind, output, ...secrets };
  },
});

function judge(
  entry: Entry,
  { minDigits, pattern }: { minDigits: number; pattern?: string | undefined },
): Reply<Entry> {
  if (entry.digits === '' && entry.cause === 'timeout' && minDigits > 0) return { kind: 'no-input' };
  const good = entry.digits.length >= minDigits && fits(entry.digits, pattern);
  return good ? { kind: 'match', match: entry } : { kind: 'no-match', digits: entry.digits };
}

/** The shortest entry that is taken: `1234`, and a terminator where no more digits would end it. Null when none of those fits the pattern. */
function anEntry(config: {
  minDigits: number;
  maxDigits?: number | undefined;
  terminators: readonly string[];
  pattern?: string | undefined;
}): string | null {
  const { minDigits, maxDigits, terminators, pattern } = config;
  const lengths = Array.from({ length: 16 }, (_, more) => Math.max(1, minDigits) + more);
  const fitting = lengths
    .filter((length) => length <= (maxDigits ?? MAX_DIGITS))
    .map((length) => '1234567890'.repeat(Math.ceil(length / 10)).slice(0, length))
    .find((digits) => fits(digits, pattern));
  if (fitting === undefined) return null;
  return fitting.length === maxDigits ? fitting : `${fitting}${terminators[0] ?? ''}`;
}
