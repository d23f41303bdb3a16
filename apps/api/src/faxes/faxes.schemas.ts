import { FAX_OUTCOMES, type FaxOutcome } from '@callwright/fax';
import { z } from 'zod';
import { pageQuery } from '../platform/database/paging.js';
import { nameText, stored, text } from '../platform/http/text.js';
import { FAX_STATES } from './fax.entity.js';

const plain = (value: string) => !value.includes('{{');
const NO_TEMPLATE = 'must not hold {{';

export const faxOptions = z
  .record(z.string().max(64), z.union([text(200), z.number(), z.boolean()]))
  .refine((options) => Object.values(options).every((value) => typeof value !== 'string' || plain(value)), NO_TEMPLATE)
  .meta({ description: 'Fax options by name: see the manual of the node send-fax.' });

/** When it is tried. */
const times = {
  notBefore: z.iso.datetime({ offset: true }).optional().meta({ description: 'Not tried before this time.' }),
  notAfter: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'No try begins after this time: then it has failed.' }),
  schedule: nameText.optional().meta({ description: 'Name of a schedule: tried only while it is open.' }),
};

export const newFax = z.strictObject({
  to: text(200).trim().min(1).refine(plain, NO_TEMPLATE).meta({ description: 'A number, or another destination.' }),
  from: text(64).refine(plain, NO_TEMPLATE).optional(),
  media: nameText.refine(plain, NO_TEMPLATE).meta({ description: 'Name of a fax document.' }),
  options: faxOptions.default({}),
  priority: z.int().min(0).max(9).default(5),
  ...times,
});
export type NewFax = z.output<typeof newFax>;

/** The fields beside the file of a multipart request: texts, of which `options` is JSON. */
export const uploadedFax = z.strictObject({
  to: newFax.shape.to,
  from: newFax.shape.from,
  name: nameText.refine(plain, NO_TEMPLATE).optional(),
  options: z
    .string()
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(faxOptions)
    .default({}),
  priority: z.coerce.number().pipe(newFax.shape.priority.unwrap()).default(5),
  ...times,
});

export const faxQuery = pageQuery.extend({
  direction: z.enum(['outbound', 'inbound']).optional(),
  state: z.enum(FAX_STATES).optional(),
  search: text(100).optional().meta({ description: 'Part of a number or of the name of the document.' }),
});

const OUTCOMES = Object.keys(FAX_OUTCOMES) as [FaxOutcome, ...FaxOutcome[]];

export const faxReply = z.object({
  ...stored,
  direction: z.enum(['outbound', 'inbound']),
  state: z.enum(FAX_STATES),
  to: z.string(),
  from: z.string().nullable(),
  document: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  priority: z.number(),
  attempts: z.array(
    z.object({
      at: z.string(),
      callId: z.string(),
      outcome: z.enum(OUTCOMES),
      cause: z.string(),
      explanation: z.string(),
      advice: z.string(),
      pages: z.number(),
      standard: z.string().nullable(),
      options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
  nextAttemptAt: z.string().nullable(),
  giveUpAt: z.string().nullable().meta({ description: 'No try begins after this time.' }),
  schedule: z.string().nullable().meta({ description: 'Tried only while this schedule is open.' }),
  pages: z.number().meta({ description: 'Confirmed, or received.' }),
  totalPages: z.number().nullable(),
  inDoubtPage: z
    .number()
    .nullable()
    .meta({ description: 'A page that may have arrived before a crash, and is sent again.' }),
  outcome: z.enum(OUTCOMES).nullable(),
  cause: z.string().nullable(),
  explanation: z.string().nullable(),
  advice: z.string().nullable(),
  callId: z.string().nullable(),
  endedAt: z.string().nullable(),
});

export const faxAccepted = z.object({ id: z.string(), state: z.enum(FAX_STATES) });

export const documentQuery = z.object({ format: z.enum(['pdf', 'tiff']).default('pdf') });
export const pageImageQuery = z.object({ width: z.coerce.number().int().min(50).max(2000).default(900) });
