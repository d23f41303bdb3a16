import type { Json } from '@callwright/kernel';
import { z } from 'zod';

/*
 * A scenario test as a file (`NAME.test.json`): what the caller does, what must be heard or reached.
 */

const json: z.ZodType<Json> = z.json();

export const stepSchema = z.union([
  z
    .strictObject({ hear: z.string().min(1) })
    .meta({ description: 'These words are heard next, in upper or lower case.' }),
  z
    .strictObject({ press: z.string().regex(/^[0-9*#A-D]+$/, 'holds something that is not a key (0–9, *, #, A–D)') })
    .meta({ description: 'The caller presses these keys.' }),
  z.strictObject({ wait: z.int().min(0).max(86_400_000) }).meta({ description: 'So many ms pass (virtual time).' }),
  z.strictObject({ hangUp: z.literal(true) }).meta({ description: 'The caller hangs up.' }),
  z
    .strictObject({
      answer: z.strictObject({
        node: z.string().min(1),
        outcome: z.string().min(1),
        output: z.record(z.string(), json).optional(),
      }),
    })
    .meta({ description: 'What a node that asks the world (dial, HTTP …) gives, now or when it is reached.' }),
  z
    .strictObject({
      expect: z
        .strictObject({
          node: z.string().optional(),
          outcome: z.string().optional(),
          vars: z.record(z.string(), json).optional(),
          ended: z.union([z.boolean(), z.string()]).optional(),
        })
        .refine((expected) => Object.keys(expected).length > 0, 'expects nothing'),
    })
    .meta({
      description:
        'The call reaches `node`; the last outcome (of `node`, when both are given) is `outcome`; `vars` hold these values; the call has `ended`, with this cause.',
    }),
]);
export type Step = z.infer<typeof stepSchema>;

export const testSchema = z.strictObject({
  name: z.string().min(1).max(200),
  now: z.iso.datetime({ offset: true }).optional().meta({ description: 'When the call comes in.' }),
  from: z.string().optional(),
  to: z.string().optional(),
  params: z.record(z.string(), json).optional(),
  steps: z.array(stepSchema),
});
export type ScenarioTest = z.infer<typeof testSchema>;

export const testFileSchema = z.strictObject({
  $schema: z.string().optional(),
  scenario: z.string().min(1).meta({ description: 'Path of the scenario document, seen from the test file.' }),
  tests: z.array(testSchema).min(1),
});
export type TestFile = z.infer<typeof testFileSchema>;
