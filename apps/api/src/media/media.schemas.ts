import { z } from 'zod';
import { nameText, stored } from '../platform/http/text.js';

export const mediaName = nameText;
export const mediaPatch = z.strictObject({ name: nameText.optional() });
export const mediaReply = z.object({
  ...stored,
  name: z.string(),
  contentType: z.string(),
  durationMs: z.number(),
  bytes: z.number(),
});
