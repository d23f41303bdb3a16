import { z } from 'zod';
import { promptSchema } from '@callwright/channel-contract';

/** What is heard, part after part; texts and media names take `{{ }}`. */
export const prompt = (title: string, description: string) =>
  promptSchema.max(100).meta({ title, description, control: 'prompt' });

/** A prompt that must have something in it. */
export const somePrompt = (title: string, description: string) =>
  prompt(title, description)
    .refine((parts) => parts.length > 0, 'There is nothing to hear: add a text or a media file.')
    .meta({ title, description, control: 'prompt' });

/** Prompts for the first time, the second time, …; the last one is used for every time after it. */
export const escalation = (title: string, description: string) =>
  z.array(promptSchema.max(100)).max(20).meta({ title, description, control: 'prompts' });

export const voice = z
  .string()
  .min(1)
  .max(100)
  .meta({
    title: 'Voice',
    description: 'Voice that speaks the texts; empty: the voice of the language.',
    control: 'voice',
  })
  .optional();

export const language = z
  .string()
  .min(1)
  .max(35)
  .meta({ title: 'Language', description: 'Language of the texts, such as `en` or `lt-LT`.', control: 'language' })
  .optional();
