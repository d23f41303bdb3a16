import { scheduleSchema } from '@callwright/nodes';
import { z } from 'zod';
import { nameText, stored } from '../platform/http/text.js';

export const newSchedule = z.strictObject({ name: nameText, schedule: scheduleSchema });
export const schedulePatch = z.strictObject({ name: nameText.optional(), schedule: scheduleSchema.optional() });
export const scheduleReply = z.object({ ...stored, name: z.string(), schedule: scheduleSchema });
