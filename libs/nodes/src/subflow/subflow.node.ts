import { z } from 'zod';
import { assignments, scenarioName } from '../fields/index.js';
import { defineNode } from '../node.js';
import { interrupted } from '../running/over.js';

export const subflow = defineNode({
  type: 'subflow',
  version: 1,
  title: 'Subflow',
  summary: 'Runs another scenario as a part of this one.',
  icon: 'Hierarchy2',
  group: 'logic',
  needs: 'none',
  config: z.strictObject({
    scenario: scenarioName('Scenario', 'Id of the scenario that is run.'),
    version: z
      .union([z.literal('latest'), z.int().min(1)])
      .meta({
        title: 'Version',
        description: 'latest, or the number of a version that never changes.',
        control: 'text',
        template: false,
      })
      .default('latest'),
    inputs: assignments('Inputs', 'Values that the scenario sees as params.').default({}),
  }),
  outcomes: () => ['done'],
  dynamicOutcomes: 'subflow',
  async run({ config, services, signal }) {
    const { outcome, outputs } = await services.subflows.run(config, signal);
    return signal.aborted ? interrupted(outputs) : { outcome, output: outputs };
  },
});
