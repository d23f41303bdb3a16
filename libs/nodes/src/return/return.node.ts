import type { JsonObject } from '@callwright/kernel';
import { z } from 'zod';
import { assignments, outcomeName } from '../fields/index.js';
import { defineNode } from '../node.js';

/** `return` is a word of the language, hence the longer name. */
export const returnNode = defineNode({
  type: 'return',
  version: 1,
  title: 'Return',
  summary: 'Ends a subflow and tells how it went.',
  icon: 'CornerDownLeft',
  group: 'logic',
  needs: 'none',
  config: z.strictObject({
    outcome: outcomeName('Outcome', 'Way out of the Subflow node that ran this scenario.').default('done'),
    outputs: assignments('Outputs', "Values that become the Subflow node's output.").default({}),
  }),
  outcomes: () => [],
  run: ({ config }) =>
    Promise.resolve({ outcome: null, returns: { outcome: config.outcome, outputs: config.outputs as JsonObject } }),
});
