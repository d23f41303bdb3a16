import { z } from 'zod';
import { nameText, stored } from '../platform/http/text.js';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be HH:MM');
const hours = z.array(z.tuple([time, time])).max(20);

const timeZone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}, 'is not a time zone of the IANA list');

/** Opening hours, as the `business-hours` node reads them. */
export const scheduleSchema = z.strictObject({
  timeZone,
  weekly: z.strictObject({
    mon: hours.optional(),
    tue: hours.optional(),
    wed: hours.optional(),
    thu: hours.optional(),
    fri: hours.optional(),
    sat: hours.optional(),
    sun: hours.optional(),
  }),
  holidays: z
    .array(z.strictObject({ date: z.iso.date(), name: z.string().max(200).optional(), yearly: z.boolean().optional() }))
    .max(1000)
    .optional(),
});

export const newSchedule = z.strictObject({ name: nameText, schedule: scheduleSchema });
export const schedulePatch = z.strictObject({ name: nameText.optional(), schedule: scheduleSchema.optional() });
export const scheduleReply = z.object({ ...stored, name: z.string(), schedule: scheduleSchema });
