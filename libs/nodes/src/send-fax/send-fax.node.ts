import { z } from 'zod';
import { dialLeg } from '../dial/dial-leg.js';
import { destination, duration, shownNumber } from '../fields/index.js';
import { documentName, faxLeg, faxOptions } from '../fax/fields.js';
import { exampleFax, SENDING_OUTCOMES } from '../fax/outcomes.js';
import { faxOutputShape } from '../fax/outputs.js';
import { farEndHangsUp, faxLegOf, outcomeOfFax, resultOfFax } from '../fax/running.js';
import { defineNode } from '../node.js';
import { interrupted } from '../running/over.js';

export const sendFax = defineNode({
  type: 'send-fax',
  version: 1,
  title: 'Send fax',
  summary: 'Sends a document to the fax machine at the far end.',
  icon: 'Printer',
  group: 'fax',
  needs: 'alive',
  waitsFor: 'far-end',
  endsWithCall: true,
  config: z.strictObject({
    document: documentName('Document', 'Name of a fax document.'),
    to: destination('To', 'Calls this number first; empty: the fax goes to the leg below.').optional(),
    from: shownNumber('From', 'The number that is shown when it calls.').optional(),
    leg: faxLeg.default('caller'),
    options: faxOptions.default({}),
    ringMs: duration('Ring for', 'How long it may ring when it calls.', { min: 1_000, max: 600_000 }).default(60_000),
    waitForHangUpMs: duration(
      'Wait for the hang-up',
      'In faxing it is the receiver that hangs up: so long it is waited for. 0: not at all.',
      { max: 120_000 },
    ).default(10_000),
  }),
  outcomes: () => SENDING_OUTCOMES,
  output: faxOutputShape.partial(),
  exampleOutput: exampleFax,
  async run(run) {
    const { document, options, to, from, leg: name, ringMs, waitForHangUpMs } = run.config;
    let leg;
    if (to) {
      const fresh = name === run.channel.caller.name ? 'fax' : name;
      const dialled = await dialLeg(run, {
        to,
        from,
        leg: fresh,
        timeoutMs: ringMs,
        headers: {},
        music: [],
        earlyMedia: false,
      });
      if (dialled.outcome === 'cancelled') return interrupted({ cause: dialled.cause });
      if (dialled.outcome !== 'answered')
        return { outcome: dialled.outcome, output: { cause: dialled.cause, pages: 0 } };
      ({ leg } = dialled);
    } else leg = faxLegOf(run, name);
    const result = await outcomeOfFax(run, leg, await leg.sendFax({ document, options }));
    await farEndHangsUp(run, leg, result, waitForHangUpMs);
    if (to && leg.state !== 'ended') await leg.hangUp('normal');
    return resultOfFax(result);
  },
});
