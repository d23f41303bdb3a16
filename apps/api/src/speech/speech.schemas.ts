import { promptSchema } from '@callwright/channel-contract';
import { z } from 'zod';

/** What is to be heard: as a node has it, with its expressions evaluated. */
export const previewRequest = z.strictObject({
  prompt: promptSchema.min(1).max(100),
  voice: z.string().min(1).max(100).optional(),
  language: z.string().min(1).max(35).optional(),
});

export const voiceReply = z.object({ name: z.string(), language: z.string(), engine: z.string() });

export const voicesReply = z.object({ items: z.array(voiceReply), next: z.null() });
