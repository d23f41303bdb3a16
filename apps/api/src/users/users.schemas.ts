import { z } from 'zod';
import { emailSchema, passwordSchema, roleSchema } from '../auth/auth.schemas.js';
import { stored, text } from '../platform/http/text.js';

export const newUser = z.strictObject({
  email: emailSchema,
  name: text(200).default(''),
  role: roleSchema,
  password: passwordSchema,
});
export const userPatch = z.strictObject({
  name: text(200).optional(),
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
  password: passwordSchema.optional(),
});
export const userReply = z.object({
  ...stored,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  disabled: z.boolean(),
});
