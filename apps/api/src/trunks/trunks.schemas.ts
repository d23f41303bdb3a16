import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { stored, text } from '../platform/http/text.js';

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be letters, digits, dots, dashes and underscores');
const host = z
  .string()
  .regex(/^([A-Za-z0-9.-]{1,253}|\[?[0-9A-Fa-f:.]{2,45}\]?)$/, 'must be a host name or an address');
const cidr = z
  .string()
  .refine((given) => ipaddr.isValid(given) || ipaddr.isValidCIDR(given), 'must be an address or a CIDR');
const prefix = z.string().regex(/^\+?[0-9*#]{0,31}$/, 'must be the beginning of a number');

const fields = {
  name,
  host,
  port: z.int().min(1).max(65_535).default(5060),
  transport: z.enum(['udp', 'tcp']).default('udp'),
  username: text(200).nullable().default(null),
  password: text(200).nullable().default(null),
  register: z.boolean().default(false),
  sources: z
    .array(cidr)
    .max(100)
    .default([])
    .meta({ description: 'Where its calls come from; empty: the host itself.' }),
  prefixes: z.array(prefix).max(1000).default(['+']).meta({ description: 'Numbers that it takes.' }),
  maxCalls: z.int().min(1).max(100_000).nullable().default(null),
};

export const newTrunk = z.strictObject(fields);
export const trunkPatch = z.strictObject({
  name: name.optional(),
  host: host.optional(),
  port: fields.port.unwrap().optional(),
  transport: fields.transport.unwrap().optional(),
  username: fields.username.unwrap().optional(),
  password: fields.password.unwrap().optional(),
  register: fields.register.unwrap().optional(),
  sources: fields.sources.unwrap().optional(),
  prefixes: fields.prefixes.unwrap().optional(),
  maxCalls: fields.maxCalls.unwrap().optional(),
});
export const trunkReply = z.object({
  ...stored,
  name: z.string(),
  host: z.string(),
  port: z.number(),
  transport: z.enum(['udp', 'tcp']),
  username: z.string().nullable(),
  register: z.boolean(),
  sources: z.array(z.string()),
  prefixes: z.array(z.string()),
  maxCalls: z.number().nullable(),
  state: z.enum(['unregistered', 'registered', 'failed', 'static']),
  reason: z.string().optional(),
});
