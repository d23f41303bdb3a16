import { z } from 'zod';
import { stored } from '../platform/http/text.js';

const url = z.url({ protocol: /^https?$/ }).max(2000);
const events = z
  .array(z.string().regex(/^(\*|[a-z]+\.\*|[a-z]+\.[a-z-]+)$/, 'must be an event name, `call.*`, or `*`'))
  .min(1)
  .max(50);

export const newWebhook = z.strictObject({ url, events: events.default(['*']) });
export const webhookPatch = z.strictObject({ url: url.optional(), events: events.optional() });
export const webhookReply = z.object({ ...stored, url: z.string(), events: z.array(z.string()) });
export const madeWebhookReply = webhookReply.extend({
  secret: z.string().meta({ description: 'Signs the deliveries; shown only now.' }),
});

const deliveryItem = z.object({
  id: z.string(),
  event: z.string(),
  callId: z.string().nullable(),
  state: z.enum(['waiting', 'delivered', 'given-up']),
  attempts: z.number(),
  error: z.string().nullable().meta({ description: 'Why its last try failed.' }),
  createdAt: z.string(),
  at: z.string().meta({ description: 'When it arrived, was given up, or was tried last.' }),
  dueAt: z.string().nullable().meta({ description: 'When it is tried next.' }),
});
export type DeliveryItem = z.output<typeof deliveryItem>;
export const deliveriesReply = z.object({ items: z.array(deliveryItem), next: z.null() });
export const testReply = z.object({
  delivered: z.boolean(),
  error: z.string().nullable(),
  durationMs: z.number(),
});

/** Whether a webhook that asked for `wanted` hears of an event. */
export const hears = (wanted: readonly string[], name: string) =>
  wanted.some((one) => one === '*' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -1))));
