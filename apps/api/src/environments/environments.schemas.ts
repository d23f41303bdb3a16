import { NAME_KINDS } from '@callwright/nodes';
import { z } from 'zod';
import { stored, text } from '../platform/http/text.js';
import { RELEASES } from './environment.entity.js';

export const PRODUCTION = 'production';

export const environmentName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be small letters, digits and "-", a letter first')
  .meta({ description: 'By which numbers and calls name it.' });

const names = z.record(text(100).min(1), text(100).min(1));
const bindings = z
  .strictObject(Object.fromEntries(NAME_KINDS.map((kind) => [kind, names.optional()])))
  .meta({ description: 'Which thing a name in a document stands for; a name that is not here stands for itself.' });
const releases = z.enum(RELEASES).meta({
  description: '`automatic`: the newest published version answers. `promoted`: only what somebody promoted does.',
});

export const newEnvironment = z.strictObject({
  name: environmentName,
  title: text(100).default(''),
  releases: releases.default('promoted'),
  bindings: bindings.default({}),
});
export const environmentPatch = z.strictObject({
  title: text(100).optional(),
  releases: releases.optional(),
  bindings: bindings.optional(),
});
export const environmentReply = z.object({
  ...stored,
  name: z.string(),
  title: z.string(),
  releases,
  bindings,
});

export const newPromotion = z.strictObject({
  scenarioId: text(100),
  version: z.int().min(1).max(1_000_000_000),
  comment: text(2000).default(''),
});
export const promotionReply = z.object({
  ...stored,
  environmentId: z.string(),
  scenarioId: z.string(),
  version: z.number(),
  comment: z.string(),
  promotedBy: z.string(),
});

export const readinessQuery = z.object({
  scenarioId: text(100),
  version: z.union([z.literal('draft'), z.coerce.number().int().min(1)]),
});
export const readinessReply = z.object({
  ready: z.boolean(),
  names: z.array(
    z.object({
      kind: z.enum(NAME_KINDS),
      name: z.string().meta({ description: 'As the document says it.' }),
      standsFor: z.string().meta({ description: 'What it means in this environment.' }),
      bound: z.boolean().meta({ description: 'By a binding, and not merely by being called the same.' }),
      missing: z.boolean(),
      reason: z.enum(['not-there', 'not-released']).nullable(),
      nodes: z.array(z.string()),
    }),
  ),
});
