import { FAX_TONES, type FaxTone, type Leg } from '@callwright/channel-contract';
import { isCallwrightError } from '@callwright/kernel';
import { z } from 'zod';
import { duration, given, language, prompt, toggle, voice } from '../fields/index.js';
import { faxLeg } from '../fax/fields.js';
import { faxLegOf } from '../fax/running.js';
import { defineNode, type NodeRun } from '../node.js';
import { childSignal } from '../running/child-signal.js';
import { interrupted } from '../running/over.js';
import { pause } from '../running/pause.js';

const config = z.strictObject({
  prompt: prompt('Prompt', 'What is heard meanwhile, by a person and by a machine alike.').default([]),
  bargeIn: toggle('Barge-in', 'A key ends it: only a person presses one. The key is there for the next node.').default(
    true,
  ),
  voice,
  language,
  tones: z
    .array(z.enum(FAX_TONES))
    .min(1, 'Name at least one sign.')
    .meta({
      title: 'Signs',
      description:
        'cng: the tone of a machine that calls. ced: the tone of one that answers. t38: the wish to go over to T.38.',
      control: 'tags',
    })
    .default(['cng', 't38']),
  timeoutMs: duration('Listen for', 'How long it listens; a prompt is heard to its end in any case.', {
    min: 100,
    max: 600_000,
  }).default(10_000),
  leg: faxLeg.default('caller'),
});

export const detectFax = defineNode({
  type: 'detect-fax',
  version: 1,
  title: 'Detect fax',
  summary: 'Tells a fax machine from a person, while a prompt goes on.',
  icon: 'Ear',
  group: 'fax',
  needs: 'audio',
  waitsFor: 'far-end',
  config,
  outcomes: () => ['fax', 'no-fax'],
  output: z.strictObject({
    tone: given(z.string().nullable(), 'What told the machine: cng, ced or t38; null: nothing did.', 'cng'),
  }),
  exampleOutput: (outcome) => ({ tone: outcome === 'fax' ? 'cng' : null }),
  async run(run) {
    const leg = faxLegOf(run, run.config.leg);
    const over = childSignal(run.signal);
    const listening = leg.detectFax(run.config.tones, over.signal);
    try {
      const tone = await Promise.race([listening, nobody(run, leg, over.signal)]);
      if (tone === null && run.signal.aborted) return interrupted({ tone: null });
      return { outcome: tone === null ? 'no-fax' : 'fax', output: { tone } };
    } catch (error) {
      // Nobody is there any more, machine or person.
      if (isCallwrightError(error) && error.code === 'call.gone') return interrupted({ tone: null });
      throw error;
    } finally {
      over.abort();
      over.release();
      await listening.catch(() => null);
    }
  },
});

/** Resolves when there is nothing more to wait for: the time is up and the prompt is heard, or a key was pressed. */
async function nobody(
  { config: { prompt: parts, bargeIn, timeoutMs, ...spoken }, services }: NodeRun<z.output<typeof config>>,
  leg: Leg,
  signal: AbortSignal,
): Promise<FaxTone | null> {
  const timeIsUp = pause(services.clock, timeoutMs, signal);
  if (parts.length > 0) {
    const played = await leg.play(parts, { bargeIn, loop: 1, ...spoken }, signal);
    if (played.reason === 'barge-in') return null;
  }
  await timeIsUp;
  return null;
}
