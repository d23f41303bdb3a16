import { z } from 'zod';
import { count, given, shownNumber, TEXT_LIMIT, onceEvaluated } from '../fields/index.js';
import { documentName, faxOptions } from '../fax/fields.js';
import { defineNode } from '../node.js';

export const queueFax = defineNode({
  type: 'queue-fax',
  version: 1,
  title: 'Queue fax',
  summary: 'Hands a document to the fax queue, which calls and tries again by itself.',
  icon: 'Stack2',
  group: 'fax',
  needs: 'none',
  config: z.strictObject({
    to: z
      .string()
      .max(TEXT_LIMIT)
      .refine(
        onceEvaluated((to) => to.trim() !== ''),
        'Say who gets the fax.',
      )
      .meta({
        title: 'To',
        description: 'The fax number, or another destination that may be called.',
        control: 'destination',
      }),
    document: documentName('Document', 'Name of a fax document.'),
    from: shownNumber('From', 'The number that is shown.').optional(),
    options: faxOptions.default({}),
    priority: count('Priority', 'From 0 (last) to 9 (first).', { max: 9 }).default(5),
  }),
  outcomes: () => ['queued'],
  output: z.strictObject({ fax: given(z.string(), 'Id of the fax, as in /api/faxes.', '01890f3e-fax') }),
  async run({ config, services }) {
    const { to, document, from, options, priority } = config;
    const { id } = await services.faxes.queue({ to, document, from: from || null, options, priority });
    return { outcome: 'queued', output: { fax: id } };
  },
});
