import { z } from 'zod';
import { nameText, stored, text } from '../platform/http/text.js';

const value = text(10_000).min(1).meta({ description: 'Never shown again.' });

export const newSecret = z.strictObject({ name: nameText, value });
export const secretPatch = z.strictObject({ name: nameText.optional(), value: value.optional() });
export const secretReply = z.object({ ...stored, name: z.string() });
