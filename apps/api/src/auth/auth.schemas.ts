import { z } from 'zod';
import { text } from '../platform/http/text.js';
import { ROLES } from './roles.js';

export const roleSchema = z
  .enum(ROLES)
  .meta({ description: 'Each role may what all before it may: viewer, editor, operator, admin.' });
export const emailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());
export const passwordSchema = z.string().min(8).max(200);

export const setUpBody = z.strictObject({ token: text(200), email: emailSchema, password: passwordSchema });
export const loginBody = z.strictObject({
  email: text(254).transform((email) => email.toLowerCase()),
  password: z.string().max(1000),
});
export const changePasswordBody = z.strictObject({ current: z.string().max(1000), password: passwordSchema });

export const meReply = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string(), role: roleSchema, workspaceId: z.string() }),
});
export const loginReply = meReply.extend({
  token: z.string().meta({ description: 'The session as a bearer token; the cookie holds the same.' }),
  expiresAt: z.string(),
});
