import { z } from 'zod';
import { nameText, stored, text } from '../platform/http/text.js';

/** A document is checked by the scenario library, which names every finding; here it is any JSON object. */
const documentSchema = z.record(z.string(), z.json()).meta({ description: 'XState v5 machine JSON.' });

export const newScenario = z.strictObject({ name: nameText, document: documentSchema.optional() });
export const changedScenario = z.strictObject({ name: nameText.optional(), document: documentSchema });
export const validateBody = z.strictObject({ document: documentSchema.optional() }).optional();
export const publishBody = z.strictObject({ comment: text(2000).default('') }).optional();

const scenarioItem = z.object({
  ...stored,
  name: z.string(),
  revision: z.number().meta({ description: 'Counts the changes of the draft; the ETag.' }),
  latestVersion: z.number().nullable(),
});
export const scenarioListReply = scenarioItem.extend({
  documentId: z.string().meta({ description: 'The name for `subflow` and `scenario:ID`.' }),
});
export const scenarioReply = scenarioItem.extend({ document: documentSchema });

export const findingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  node: z.string().nullable(),
  outcome: z.string().optional(),
  path: z.string().optional(),
  message: z.string(),
});
export const findingsReply = z.object({ findings: z.array(findingSchema) });

const versionItem = z.object({
  ...stored,
  version: z.number(),
  comment: z.string(),
  publishedAt: z.string(),
  publishedBy: z.string(),
});
export const versionListReply = versionItem;
export const versionReply = versionItem.extend({ document: documentSchema });

const revisionItem = z.object({
  ...stored,
  revision: z.number().meta({ description: 'The ETag of the draft at that time.' }),
  name: z.string(),
  savedBy: z.string(),
});
export const revisionListReply = revisionItem;
export const revisionReply = revisionItem.extend({ document: documentSchema });
