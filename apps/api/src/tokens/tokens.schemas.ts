import { z } from 'zod';
import { roleSchema } from '../auth/auth.schemas.js';
import { scopeSchema } from '../auth/scopes.js';
import { nameText, stored, timeText } from '../platform/http/text.js';

export const newApiToken = z.strictObject({
  name: nameText,
  role: roleSchema,
  scopes: z.array(scopeSchema).max(50).default([]).meta({ description: 'Empty: everything that the role may.' }),
  expiresAt: timeText.nullable().default(null),
});
export const apiTokenReply = z.object({
  ...stored,
  name: z.string(),
  role: roleSchema,
  scopes: z.array(z.string()),
  expiresAt: z.string().nullable(),
});
export const madeApiTokenReply = apiTokenReply.extend({ token: z.string().meta({ description: 'Shown only now.' }) });
