import { z } from 'zod';
import { faxLeg } from '../fax/fields.js';
import { faxOutput } from '../fax/outcomes.js';
import { faxOutputShape } from '../fax/outputs.js';
import { faxLegOf } from '../fax/running.js';
import { defineNode } from '../node.js';

export const stopFax = defineNode({
  type: 'stop-fax',
  version: 1,
  title: 'Stop fax',
  summary: 'Stops the fax that runs; without one it does nothing.',
  icon: 'PlayerStop',
  group: 'fax',
  needs: 'none',
  config: z.strictObject({ leg: faxLeg.default('caller') }),
  outcomes: () => ['stopped'],
  output: faxOutputShape.partial(),
  async run(run) {
    const job = faxLegOf(run, run.config.leg).fax;
    return { outcome: 'stopped', output: job ? faxOutput(await job.stop()) : { pages: 0 } };
  },
});
