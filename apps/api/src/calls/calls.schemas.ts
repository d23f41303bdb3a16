import { CALL_CAUSES, CALL_STATES, DIGITS, LEG_STATES, promptSchema } from '@callwright/channel-contract';
import { z } from 'zod';
import { environmentName, PRODUCTION } from '../environments/environments.schemas.js';
import { pageQuery } from '../platform/database/paging.js';
import { stored, text, timeText } from '../platform/http/text.js';

export const callItem = z.object({
  ...stored,
  scenarioId: z.string().nullable(),
  version: z.number().nullable(),
  direction: z.enum(['inbound', 'outbound']),
  from: z.string(),
  to: z.string(),
  state: z.enum(CALL_STATES),
  cause: z.enum(CALL_CAUSES).nullable(),
  node: z.string().nullable().meta({ description: 'Where it stands; null before the first and after the last node.' }),
  lastNode: z.string().nullable().meta({ description: 'The last node that it came to while the caller was there.' }),
  startedAt: z.string(),
  answeredAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  durationMs: z.number().nullable(),
  recordings: z.array(z.object({ name: z.string(), durationMs: z.number(), node: z.string().nullable() })),
});
export type CallItem = z.output<typeof callItem>;

export const callReply = callItem.extend({
  path: z.array(z.string()).meta({ description: 'Nodes in the order in which they were entered.' }),
  variables: z.record(z.string(), z.json()),
  legs: z.array(
    z.object({
      name: z.string(),
      state: z.enum(LEG_STATES),
      uri: z.string(),
      codec: z.string().nullable(),
      onHold: z.boolean(),
    }),
  ),
});

export const qualityReply = z.object({
  legs: z.array(
    z.object({
      leg: z.string(),
      codec: z.string().nullable(),
      packetsSent: z.number(),
      packetsReceived: z.number(),
      packetsLost: z.number(),
      jitterMs: z.number().meta({ description: 'RFC 3550, in ms.' }),
      roundTripMs: z.number().nullable().meta({ description: 'From RTCP; null: the far end sends no reports.' }),
    }),
  ),
});

export const signallingReply = z.object({
  items: z.array(
    z.object({
      at: z.string(),
      direction: z.enum(['in', 'out']).meta({ description: 'Seen from us.' }),
      leg: z.string(),
      dialog: z.string().meta({ description: 'Call-ID; a leg that rings several phones has several.' }),
      transport: z.enum(['udp', 'tcp']),
      remote: z.string().meta({ description: '`address:port` of the far end.' }),
      text: z.string().meta({ description: 'The message; credentials, media keys and digits are masked.' }),
    }),
  ),
  next: z.null(),
});

export const figuresQuery = z.object({
  minutes: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .default(60)
    .meta({ description: 'Calls that began within so many minutes up to now.' }),
});
export const figuresReply = z.object({
  since: z.string(),
  calls: z.number(),
  answered: z.number(),
  talkMs: z.number().nullable().meta({ description: 'Mean length of the answered calls that have ended; null: none.' }),
  causes: z
    .array(z.object({ cause: z.enum(CALL_CAUSES), calls: z.number() }))
    .meta({ description: 'The most frequent first.' }),
  scenarios: z
    .array(z.object({ scenarioId: z.string(), calls: z.number(), answered: z.number() }))
    .meta({ description: 'The most frequent first.' }),
  minutes: z
    .array(z.object({ minute: z.string(), calls: z.number(), answered: z.number() }))
    .meta({ description: 'Each minute in which a call began, oldest first: 2026-03-02T10:04Z.' }),
});
export type CallFigures = z.output<typeof figuresReply>;

export const liveReply = z.object({ items: z.array(callItem), next: z.null() });

export const callFilters = z.object({
  state: z.enum(CALL_STATES).optional(),
  from: text(200).optional(),
  to: text(200).optional(),
  scenarioId: text(100).optional(),
  number: text(64).optional().meta({ description: 'Pattern of the number that the call came in at.' }),
  since: timeText.optional().meta({ description: 'Started at this time or later.' }),
  until: timeText.optional().meta({ description: 'Started before this time.' }),
  q: text(200).optional().meta({ description: 'A part of who called or who was called; separators do not matter.' }),
  version: z.coerce.number().int().min(0).optional().meta({ description: '0: the draft, by a test number.' }),
  cause: z.enum(CALL_CAUSES).optional(),
  node: text(200).optional().meta({ description: 'It came to this node.' }),
  outcome: text(100).optional().meta({ description: 'It took this outcome, of `node` when both are given.' }),
  lastNode: text(200).optional().meta({ description: 'It ended at this node.' }),
  variable: text(300).optional().meta({ description: '`NAME=VALUE`: a variable had this value at its end.' }),
});
export type CallFilters = z.output<typeof callFilters>;
export const callQuery = callFilters.extend(pageQuery.shape);
export type CallQuery = z.output<typeof callQuery>;

export const exportQuery = callFilters.extend({ format: z.enum(['csv', 'json']).default('csv') });
export type ExportQuery = z.output<typeof exportQuery>;

export const pathsQuery = z.object({
  scenarioId: text(100),
  version: z.coerce.number().int().min(0).optional(),
  since: timeText.optional(),
  until: timeText.optional(),
});
export type PathsQuery = z.output<typeof pathsQuery>;
export const pathsReply = z.object({
  calls: z.number(),
  answered: z.number(),
  causes: z.array(z.object({ cause: z.enum(CALL_CAUSES).nullable(), calls: z.number() })),
  nodes: z.array(
    z.object({
      node: z.string(),
      visits: z.number().meta({ description: 'How often it was left; one call may come more than once.' }),
      averageMs: z.number(),
      outcomes: z.array(z.object({ outcome: z.string().nullable(), visits: z.number() })),
      ended: z.number().meta({ description: 'Calls that ended here.' }),
      hungUp: z.number().meta({ description: 'Of these, those that the caller ended.' }),
    }),
  ),
});
export type PathsReply = z.output<typeof pathsReply>;

export const eventsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.coerce.number().int().min(0).optional(),
});
export const eventsReply = z.object({
  items: z.array(
    z.looseObject({
      name: z.string(),
      callId: z.string(),
      scenarioId: z.string(),
      version: z.number().nullable(),
      seq: z.number(),
      at: z.string(),
    }),
  ),
  next: z.string().nullable(),
});

export const newCall = z.strictObject({
  to: text(400).min(1),
  from: text(200).optional(),
  scenarioId: text(100),
  version: z.union([z.literal('latest'), z.int().min(1)]).default('latest'),
  environment: environmentName.default(PRODUCTION),
  parameters: z.record(z.string(), z.json()).default({}),
});
export const startedReply = z.object({ id: z.string() });
export const acceptedReply = z.object({ accepted: z.literal(true) });

const leg = text(64).min(1).default('caller');
const digits = z
  .string()
  .min(1)
  .max(100)
  .refine((given) => [...given].every((digit) => DIGITS.includes(digit)), 'must be digits');

export const commandBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hang-up'), leg: leg.optional() }),
  z.strictObject({
    type: z.literal('hold'),
    leg,
    music: promptSchema.max(20).optional().describe('What is heard meanwhile; without it the media file `hold-music`.'),
  }),
  z.strictObject({ type: z.literal('resume'), leg }),
  z.strictObject({ type: z.literal('send-digits'), leg, digits }),
  z.strictObject({ type: z.literal('send-message'), leg, text: z.string().min(1).max(4000) }),
  z.strictObject({ type: z.literal('transfer'), leg, to: text(400).min(1) }),
  z.strictObject({ type: z.literal('go-to'), leg: leg.optional(), node: text(64).min(1) }),
  z.strictObject({
    type: z.literal('start-recording'),
    leg,
    name: text(100).min(1).optional(),
    stereo: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('stop-recording'), leg }),
]);
