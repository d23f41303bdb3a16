import { z } from 'zod';
import { bridge } from '../connect/bridge.js';
import { dialLeg, earlyMedia } from '../dial/dial-leg.js';
import { destination, duration, durationMs, endedBy, legCause, prompt, shownNumber } from '../fields/index.js';
import { defineNode } from '../node.js';
import { orAborted } from '../running/or-aborted.js';
import { interrupted, isOver } from '../running/over.js';

const MODES = ['bridged'] as const;

/** A name that no living leg has: `agent`, `agent-2`, … */
function freeLeg(has: (name: string) => boolean): string {
  let name = 'agent';
  for (let count = 2; has(name); count += 1) name = `agent-${count}`;
  return name;
}

export const transfer = defineNode({
  type: 'transfer',
  version: 1,
  title: 'Transfer',
  summary: 'Connects the caller to somebody, and goes on when that one hangs up.',
  icon: 'PhoneCall',
  group: 'connect',
  needs: 'audio',
  waitsFor: 'far-end',
  config: z.strictObject({
    to: destination('To', 'Who is called: phone:NAME, a number, trunk:NAME/NUMBER, sip:, tel: or scenario:ID.'),
    from: shownNumber('From', 'The number that is shown; empty: the one that was called.').optional(),
    timeoutMs: duration('Ring for', 'How long it may ring there.', { min: 1_000, max: 600_000 }).default(60_000),
    mode: z
      .enum(MODES, { error: 'Only "bridged" transfers can be made; "refer" and "attended" cannot yet.' })
      .meta({
        title: 'Mode',
        description: 'bridged: the call stays here, and the caller comes back when the other side hangs up.',
        control: 'choice',
      })
      .default('bridged'),
    ringback: prompt('Ringback', 'What the caller hears while it rings there.').default([{ tone: 'ringback' }]),
    earlyMedia,
  }),
  outcomes: () => ['returned', 'busy', 'no-answer'],
  output: z.strictObject({ cause: legCause, endedBy: endedBy.optional(), durationMs: durationMs.optional() }),
  async run(run) {
    const { channel, config } = run;
    const { to, from, timeoutMs } = config;
    const name = freeLeg((other) => channel.leg(other) !== undefined);
    const dialled = await dialLeg(run, {
      to,
      from,
      leg: name,
      timeoutMs,
      headers: {},
      music: config.ringback,
      earlyMedia: config.earlyMedia,
    });
    if (dialled.outcome === 'cancelled') return interrupted({ cause: dialled.cause });
    if (dialled.outcome !== 'answered') return { outcome: dialled.outcome, output: { cause: dialled.cause } };
    try {
      const { endedBy, durationMs } = await bridge(run, dialled.leg, { record: null, transfer: true });
      const output = { cause: 'normal', endedBy, durationMs };
      return isOver(run) ? interrupted(output) : { outcome: 'returned', output };
    } finally {
      if (dialled.leg.state !== 'ended') await orAborted(dialled.leg.hangUp('normal'), run.signal);
    }
  },
});
