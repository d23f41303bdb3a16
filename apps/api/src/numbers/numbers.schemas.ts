import { z } from 'zod';
import { environmentName, PRODUCTION } from '../environments/environments.schemas.js';
import { stored, text } from '../platform/http/text.js';
import { parsePattern } from './pattern.js';

const patternSchema = text(64)
  .transform((given, context) => {
    const pattern = parsePattern(given);
    if (pattern !== null) return pattern;
    context.addIssue({ code: 'custom', message: 'must be a number, or a prefix with * at its end' });
    return z.NEVER;
  })
  .meta({ description: 'A number, or a prefix with `*` at its end.' });

/** `latest` is kept as null, `draft` as 0. */
const versionSchema = z
  .union([z.literal('latest'), z.literal('draft'), z.int().min(1).max(1_000_000_000)])
  .meta({ description: '`draft`: a test number, at which what is being drawn answers as it was last saved.' });

export const newNumber = z.strictObject({
  pattern: patternSchema,
  scenarioId: text(100),
  version: versionSchema.default('latest'),
  environment: environmentName.default(PRODUCTION),
});
export const numberPatch = z.strictObject({
  pattern: patternSchema.optional(),
  scenarioId: text(100).optional(),
  version: versionSchema.optional(),
  environment: environmentName.optional(),
});
export const numberReply = z.object({
  ...stored,
  pattern: z.string(),
  scenarioId: z.string(),
  version: versionSchema,
  environment: z.string(),
});
