import { z } from 'zod';
import { duration } from '../fields/index.js';
import { faxLeg, faxOptions, newDocumentName } from '../fax/fields.js';
import { exampleFax, RECEIVING_OUTCOMES } from '../fax/outcomes.js';
import { faxOutputShape } from '../fax/outputs.js';
import { farEndHangsUp, faxLegOf, outcomeOfFax, resultOfFax } from '../fax/running.js';
import { defineNode } from '../node.js';
import { nameOfReceived } from '../fax/received-name.js';

export const receiveFax = defineNode({
  type: 'receive-fax',
  version: 1,
  title: 'Receive fax',
  summary: 'Receives what the fax machine at the far end sends.',
  icon: 'FileDownload',
  group: 'fax',
  needs: 'alive',
  waitsFor: 'far-end',
  endsWithCall: true,
  config: z.strictObject({
    document: newDocumentName(
      'Document',
      'Name of the new fax document; empty: the date, the time and the caller. A second one of that name gets "-2" added.',
    ).optional(),
    leg: faxLeg.default('caller'),
    options: faxOptions.default({}),
    waitForHangUpMs: duration(
      'Wait for the hang-up',
      'After the last page the far end mostly hangs up: so long it is waited for. 0: not at all.',
      {
        max: 120_000,
      },
    ).default(5_000),
  }),
  outcomes: () => RECEIVING_OUTCOMES,
  output: faxOutputShape.partial(),
  exampleOutput: exampleFax,
  async run(run) {
    const { document, leg: name, options, waitForHangUpMs } = run.config;
    const leg = faxLegOf(run, name);
    const job = await leg.receiveFax({ document: document || nameOfReceived(run), options });
    const result = await outcomeOfFax(run, leg, job);
    await farEndHangsUp(run, leg, result, waitForHangUpMs);
    return resultOfFax(result);
  },
});
