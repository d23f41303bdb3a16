import { z } from 'zod';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Minutes since midnight. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const time = z.string().regex(TIME, 'A time is written as HH:MM, up to 24:00.');
const range = z
  .tuple([time.refine((from) => from !== '24:00', 'A day begins at 00:00.'), time])
  .refine(([from, to]) => from !== to, 'It opens and closes at the same time; the whole day is 00:00 to 24:00.')
  .meta({ title: 'Range', description: 'From and to; to before from goes on past midnight.' });

const weekly = z.strictObject(
  Object.fromEntries(WEEKDAYS.map((day) => [day, z.array(range).max(24).optional()])) as Record<
    (typeof WEEKDAYS)[number],
    z.ZodOptional<z.ZodArray<typeof range>>
  >,
);

const holiday = z.strictObject({
  date: z.string().refine(isDate, 'A date is written as YYYY-MM-DD.').meta({ title: 'Date' }),
  name: z.string().max(200).default('').meta({ title: 'Name' }),
  yearly: z.boolean().default(false).meta({ title: 'Every year' }),
});

/** When somebody is there: weekly hours in a time zone, and days on which they do not count. */
export const scheduleSchema = z.strictObject({
  timeZone: z
    .string()
    .min(1)
    .max(64)
    .refine(isTimeZone, 'A time zone has a name such as Europe/Vilnius.')
    .meta({ title: 'Time zone', description: 'Name in the IANA time zone database.' }),
  weekly: weekly
    .default({})
    .meta({ title: 'Weekly hours', description: 'Ranges for each day; a day that is missing is closed.' }),
  holidays: z
    .array(holiday)
    .max(1_000)
    .default([])
    .meta({ title: 'Holidays', description: 'Days that are holidays from midnight to midnight.' }),
});

export type Schedule = z.output<typeof scheduleSchema>;
