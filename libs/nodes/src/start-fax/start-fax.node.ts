import { z } from 'zod';
import { given } from '../fields/index.js';
import { documentName, faxLeg, faxOptions } from '../fax/fields.js';
import { exampleFax } from '../fax/outcomes.js';
import { faxOutputShape } from '../fax/outputs.js';
import { faxLegOf, resultOfFax } from '../fax/running.js';
import { nameOfReceived } from '../fax/received-name.js';
import { defineNode } from '../node.js';

export const startFax = defineNode({
  type: 'start-fax',
  version: 1,
  title: 'Start fax',
  summary: 'Begins a fax that goes on while other nodes run.',
  icon: 'PlayerPlay',
  group: 'fax',
  needs: 'alive',
  waitsFor: 'far-end',
  config: z
    .strictObject({
      direction: z
        .enum(['send', 'receive'])
        .meta({ title: 'Direction', description: 'Whether a document is sent or received.', control: 'choice' })
        .default('send'),
      document: documentName(
        'Document',
        'Name of the document that is sent, or of the one that is received (empty: the date, the time and the caller).',
      ).optional(),
      leg: faxLeg.default('caller'),
      options: faxOptions.default({}),
    })
    .superRefine(({ direction, document }, context) => {
      if (direction === 'send' && !document)
        context.addIssue({ code: 'custom', path: ['document'], message: 'Name the document that is sent.' });
    }),
  outcomes: () => ['started', 'bad-options'],
  output: faxOutputShape.extend({ direction: given(z.string(), 'send or receive.', 'send') }).partial(),
  exampleOutput: (outcome) => (outcome === 'started' ? { document: 'document' } : exampleFax(outcome)),
  async run(run) {
    const { direction, document, leg: name, options } = run.config;
    const leg = faxLegOf(run, name);
    const request = { document: document || nameOfReceived(run), options };
    const job = await (direction === 'send' ? leg.sendFax(request) : leg.receiveFax(request));
    // Options at fault end it before it begins.
    if (job.state === 'error') return resultOfFax(await job.result);
    return { outcome: 'started', output: { direction, document: request.document } };
  },
});
