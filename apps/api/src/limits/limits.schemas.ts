import { z } from 'zod';
import { stored } from '../platform/http/text.js';

const prefix = z
  .string()
  .transform((text) => text.replace(/[\s().\-/]/g, ''))
  .pipe(
    z
      .string()
      .regex(/^(\+[0-9]*|[0-9*#]+)$/, 'must be the beginning of a number: +370, or digits of the local plan')
      .max(32),
  );
const host = z
  .string()
  .min(1)
  .max(253)
  .transform((text) => text.toLowerCase());

export const limitsFields = {
  outboundPrefixes: z
    .array(prefix)
    .max(1000)
    .default([])
    .meta({ description: 'Numbers that may be called; empty: none.' }),
  deniedPrefixes: z
    .array(prefix)
    .max(1000)
    .default([])
    .meta({ description: 'Numbers that may not, although a prefix allows them.' }),
  sipHosts: z.array(host).max(1000).default([]).meta({ description: 'Hosts that `sip:` destinations may name.' }),
  callsPerSecond: z.int().min(0).max(10_000).default(1),
  concurrentCalls: z.int().min(0).max(100_000).default(10),
  minutesPerDay: z.int().min(0).max(10_000_000).default(600),
};
export const limitsBody = z.strictObject(limitsFields);
export type LimitValues = z.output<typeof limitsBody>;

/** What a fresh install allows: nothing goes out. */
export const NO_LIMITS_SET: LimitValues = limitsBody.parse({});

export const limitsReply = z.object({ ...stored, ...limitsFields });
