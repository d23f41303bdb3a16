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
  .max(255)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/, 'must be a host, or host:port'));

const figures = {
  callsPerSecond: z.int().min(0).max(10_000),
  concurrentCalls: z.int().min(0).max(100_000),
  minutesPerDay: z.int().min(0).max(10_000_000),
};
const closer = z.object(figures).partial().shape;
const scenarioLimits = z.strictObject({ scenarioId: z.string().min(1).max(64), ...closer });
const trunkLimits = z.strictObject({ trunkId: z.string().min(1).max(64), ...closer });
export type ScenarioLimits = z.output<typeof scenarioLimits>;
export type TrunkLimits = z.output<typeof trunkLimits>;

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
  callsPerSecond: figures.callsPerSecond.default(1),
  concurrentCalls: figures.concurrentCalls.default(10),
  minutesPerDay: figures.minutesPerDay.default(600),
};
const closerFields = {
  scenarios: z
    .array(scenarioLimits)
    .max(1000)
    .meta({ description: 'Closer limits for what calls of a scenario place; left out: those that are set.' }),
  trunks: z
    .array(trunkLimits)
    .max(1000)
    .meta({ description: 'Closer limits for a trunk, beside its `maxCalls`; left out: those that are set.' }),
};
export const limitsBody = z.strictObject({
  ...limitsFields,
  scenarios: closerFields.scenarios.optional(),
  trunks: closerFields.trunks.optional(),
});
export type LimitsBody = z.output<typeof limitsBody>;
export interface LimitValues extends LimitsBody {
  readonly scenarios: ScenarioLimits[];
  readonly trunks: TrunkLimits[];
}

/** What a fresh install allows: nothing goes out. */
export const NO_LIMITS_SET: LimitValues = { ...limitsBody.parse({}), scenarios: [], trunks: [] };

export const limitsReply = z.object({ ...stored, ...limitsFields, ...closerFields });
