import { z } from 'zod';
import { count, given, somePrompt, toggle } from '../fields/index.js';
import { language, voice } from '../fields/prompt.js';
import type { NodeResult, NodeRun } from '../node.js';
import { interrupted, isOver } from '../running/over.js';

/** Settings of the nodes that let the caller hear something and go on. */
export const spokenConfig = z.strictObject({
  prompt: somePrompt('Prompt', 'What the caller hears, part after part.'),
  bargeIn: toggle('Barge-in', 'A key ends the prompt; the next node that asks for keys gets it.').default(true),
  voice,
  language,
  loop: count('Times', 'How often the whole prompt is played; 0: until a key or the end of the call.').default(1),
});

export const spokenOutput = z.strictObject({
  digits: given(z.string(), 'What was pressed meanwhile.', '2'),
});

/** A key that is still held when its prompt stops is let go within this time. */
const KEY_MS = 300;

/** Plays; the digit that interrupted stays in the queue for the next node and is only named in the output. */
export async function runSpoken(run: NodeRun<z.output<typeof spokenConfig>>): Promise<NodeResult> {
  const { channel, config, services, signal } = run;
  const { caller } = channel;
  const { prompt, ...options } = config;
  const { reason } = await caller.play(prompt, options, signal);
  if (isOver(run)) return interrupted({ digits: caller.digits.waiting });
  if (reason !== 'barge-in') return { outcome: 'done', output: { digits: '' } };
  if (caller.digits.length === 0) await nextDigit(run, services.clock.now() + KEY_MS);
  return { outcome: 'interrupted', output: { digits: caller.digits.waiting } };
}

/** Waits until a digit was received, without taking it out of the queue. */
function nextDigit({ channel, services, signal }: NodeRun<unknown>, until: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      unsubscribe();
      cancel();
      signal.removeEventListener('abort', finish);
      // The event may be told a moment before the digit is queued.
      queueMicrotask(resolve);
    };
    const unsubscribe = channel.subscribe((event) => {
      if (event.name === 'digit.received' && event.leg === channel.caller.name) finish();
    });
    const cancel = services.clock.at(until, finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}
