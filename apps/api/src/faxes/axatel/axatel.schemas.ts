import { z } from 'zod';

const words = z.union([z.string(), z.number()]).transform(String);
/** `2020-12-16`, `2020-12-16 20:00`, `2020-12-16 20:00:30`, in UTC. */
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$/, 'is a date or a date with a time, in UTC')
  .transform((value) => new Date(`${value.replace(' ', 'T')}${value.length === 10 ? 'T00:00' : ''}Z`))
  .refine((date) => !Number.isNaN(date.getTime()), 'is no date');

export const HISTORY_FIELDS = ['id', 'type', 'remotenum', 'start_dt', 'stop_dt', 'result', 'url'] as const;
export type HistoryField = (typeof HISTORY_FIELDS)[number];

const fields = z
  .union([z.string(), z.array(z.string())])
  .default('*')
  .transform((given) => (typeof given === 'string' ? given.split(',') : given).map((name) => name.trim()))
  .transform((names, context): readonly HistoryField[] => {
    if (names.includes('*')) return HISTORY_FIELDS;
    const unknown = names.find((name) => !(HISTORY_FIELDS as readonly string[]).includes(name));
    if (unknown === undefined) return HISTORY_FIELDS.filter((name) => names.includes(name));
    context.addIssue({ code: 'custom', message: `holds "${unknown}", which is none of ${HISTORY_FIELDS.join(', ')}` });
    return z.NEVER;
  });

const history = {
  type: z.enum(['incoming', 'outgoing']),
  from_dt: moment.optional(),
  till_dt: moment.optional(),
  fields,
};

export const axatelAction = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('sendfax'),
    recipient: words,
    voiceDocumentSID: words.optional(),
    terminalId: words.optional(),
    attachment: words,
  }),
  z.object({
    action: z.literal('init_fax'),
    domain: z.string().min(1),
    drop: z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]).default(false),
  }),
  z.object({ action: z.literal('history'), ...history }),
  z.object({ action: z.literal('fax_history'), ...history }),
]);
export type AxatelAction = z.output<typeof axatelAction>;
