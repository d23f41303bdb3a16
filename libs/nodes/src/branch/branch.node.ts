import { z } from 'zod';
import { cases, distinct } from '../fields/index.js';
import { defineNode } from '../node.js';
import { isTrue } from './truth.js';

export const branch = defineNode({
  type: 'branch',
  version: 1,
  title: 'Branch',
  summary: 'Goes the way whose condition holds.',
  icon: 'ArrowsSplit2',
  group: 'logic',
  needs: 'none',
  instant: true,
  config: z.strictObject({
    cases: cases('Cases', 'Conditions and their outcomes; the first that holds decides, none: otherwise.'),
  }),
  outcomes: (config) => distinct([...config.cases.map(({ outcome }) => outcome), 'otherwise']),
  async run({ config, evaluate }) {
    for (const { when, outcome } of config.cases) {
      if (isTrue(await evaluate(when))) return { outcome };
    }
    return { outcome: 'otherwise' };
  },
});
