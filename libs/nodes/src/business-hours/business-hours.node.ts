import { z } from 'zod';
import { badSchedule } from '../errors.js';
import { given } from '../fields/index.js';
import { defineNode } from '../node.js';
import { openingAt } from './opening.js';
import { scheduleSchema } from './schedule.js';

export const businessHours = defineNode({
  type: 'business-hours',
  version: 1,
  title: 'Business hours',
  summary: 'Asks a schedule whether somebody is there.',
  icon: 'CalendarTime',
  group: 'logic',
  needs: 'none',
  instant: true,
  config: z.strictObject({
    schedule: z
      .union([z.string().min(1, 'Choose a schedule.').max(100).meta({ title: 'Name' }), scheduleSchema])
      .meta({ title: 'Schedule', description: 'Name of a stored schedule, or one of its own.', control: 'schedule' }),
  }),
  outcomes: () => ['open', 'closed', 'holiday'],
  output: z.strictObject({
    holiday: given(z.string().nullable(), 'Name of today’s holiday; null: it is none.', null),
  }),
  async run({ config, services }) {
    const { schedule } = config;
    const { state, holiday } = openingAt(
      typeof schedule === 'string' ? await stored(schedule, services.schedules) : schedule,
      services.clock.now(),
    );
    return { outcome: state, output: { holiday } };
  },
});

async function stored(name: string, book: { schedule(name: string): Promise<unknown> }) {
  const reading = scheduleSchema.safeParse(await book.schedule(name));
  if (!reading.success) throw badSchedule({ name, problems: reading.error.issues.map(({ message }) => message) });
  return reading.data;
}
