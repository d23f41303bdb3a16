import { IconCalendarTime } from '@tabler/icons-react';
import { scheduleSchema } from '@callwright/nodes';
import { queries } from '../api/queries.js';
import type { Schedule } from '../api/types.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { describeSchedule } from './describeSchedule.js';

const example = {
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  weekly: {
    mon: [['09:00', '18:00']],
    tue: [['09:00', '18:00']],
    wed: [['09:00', '18:00']],
    thu: [['09:00', '18:00']],
    fri: [['09:00', '17:00']],
  },
  holidays: [{ date: `${new Date().getFullYear()}-12-25`, name: 'Christmas', yearly: true }],
};

/** Opening hours by name, for Business hours nodes. */
export function SchedulesPage() {
  return (
    <ResourcePage<Schedule>
      title="Schedules"
      intro="Opening hours and holidays in their own time zone. Business hours nodes name one, so that a change reaches every scenario at once."
      thing="schedule"
      path="/schedules"
      query={queries.schedules()}
      role="editor"
      nameOf={({ name }) => name}
      toBody={({ name, schedule }: Values) => ({ name, schedule: JSON.parse(String(schedule)) as unknown })}
      toValues={({ name, schedule }) => ({ name, schedule: JSON.stringify(schedule, null, 2) })}
      columns={[
        { title: 'Name', cell: ({ name }) => <b>{name}</b> },
        { title: 'Time zone', cell: ({ schedule }) => String(schedule['timeZone'] ?? '—') },
        { title: 'Open', cell: ({ schedule }) => describeSchedule(schedule) },
        {
          title: 'Holidays',
          cell: ({ schedule }) => (Array.isArray(schedule['holidays']) ? schedule['holidays'].length : 0),
        },
      ]}
      fields={[
        { name: 'name', label: 'Name', kind: 'text', required: true, placeholder: 'office' },
        {
          name: 'schedule',
          label: 'Schedule',
          description: 'Time zone, opening times for mon … sun, and holidays; a yearly holiday counts every year.',
          kind: 'multiline',
          required: true,
          initial: JSON.stringify(example, null, 2),
          validate: checkSchedule,
        },
      ]}
      deleteText="Business hours nodes that name it take their outcome “failed”."
      empty={{
        icon: IconCalendarTime,
        title: 'No schedules',
        children: 'Say once when somebody is there; scenarios ask it whether the office is open, closed or on holiday.',
      }}
    />
  );
}

function checkSchedule(text: unknown): string | null {
  try {
    const read = scheduleSchema.safeParse(JSON.parse(String(text)));
    return read.success
      ? null
      : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' · ');
  } catch {
    return 'This is not JSON.';
  }
}
