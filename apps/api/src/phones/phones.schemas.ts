import { z } from 'zod';
import { stored, text } from '../platform/http/text.js';

const username = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be letters, digits, dots, dashes and underscores')
  .meta({ description: 'What the phone registers as; one name among all workspaces.' });
const password = text(200).min(1);

export const newPhone = z.strictObject({ username, password, displayName: text(200).default('') });
export const phonePatch = z.strictObject({ password: password.optional(), displayName: text(200).optional() });
export const provisioningLink = z.strictObject({
  server: z
    .string()
    .regex(/^([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?$/, 'must be HOST or HOST:PORT')
    .meta({ description: 'Where this phone reaches us.' }),
});
export const provisioningReply = z.object({
  path: z.string().meta({ description: 'Behind the address of this server: what the QR code says.' }),
  expiresAt: z.string(),
});
export const phoneReply = z.object({
  ...stored,
  username: z.string(),
  displayName: z.string(),
  realm: z.string(),
  registered: z.array(z.object({ contact: z.string(), expiresAt: z.string() })),
});
