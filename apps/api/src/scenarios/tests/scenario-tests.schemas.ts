import { testSchema } from '@callwright/runtime/rehearsal';
import { z } from 'zod';
import { stored } from '../../platform/http/text.js';

export const scenarioTestBody = testSchema;
export const scenarioTestReply = z.object({
  ...stored,
  scenarioId: z.string(),
  test: testSchema.meta({ description: 'One entry of `tests` in a file that `callwright test` runs.' }),
});
