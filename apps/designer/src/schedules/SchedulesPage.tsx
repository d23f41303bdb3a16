import type { Json } from '@callwright/kernel';
import { scheduleSchema } from '@callwright/nodes';
import { Input, Text } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import type { Schedule } from '../api/types.js';
import type { OwnFieldProps, Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { describeSchedule } from './describeSchedule.js';
import { draftOf, newSchedule, scheduleOf, type ScheduleDraft } from './draft.js';
import { ScheduleEditor } from './ScheduleEditor.js';
import { UsedBy } from '../uses/UsedBy.js';

/** Opening hours by name, for Business hours nodes. */
export function SchedulesPage() {
  const { t } = useTranslation();
  return (
    <ResourcePage<Schedule>
      title={t('Schedules')}
      intro={t(
        'Opening hours and holidays in their own time zone. Business hours nodes name one, so that a change reaches every scenario at once.',
      )}
      add={t('Add a schedule')}
      addIt={t('Add the schedule')}
      path="/schedules"
      query={queries.schedules()}
      role="editor"
      nameOf={({ name }) => name}
      toBody={({ name, schedule }: Values) => ({ name, schedule: scheduleOf(schedule as ScheduleDraft) })}
      toValues={({ name, schedule }) => ({ name, schedule: draftOf(schedule) })}
      columns={[
        { title: t('Name'), cell: ({ name }) => <b>{name}</b> },
        { title: t('Used by'), cell: ({ name }) => <UsedBy kind="schedule" name={name} /> },
        { title: t('Time zone'), cell: ({ schedule }) => String(schedule['timeZone'] ?? '—') },
        { title: t('Open'), cell: ({ schedule }) => describeSchedule(schedule) },
        {
          title: t('Holidays'),
          cell: ({ schedule }) => (Array.isArray(schedule['holidays']) ? schedule['holidays'].length : 0),
        },
      ]}
      fields={[
        { name: 'name', label: t('Name'), kind: 'text', required: true, placeholder: 'office' },
        {
          name: 'schedule',
          label: t('Schedule'),
          kind: 'own',
          draw: ScheduleField,
          initial: newSchedule(),
          validate: checkSchedule,
        },
      ]}
      deleteText={t('Business hours nodes that name it take their outcome “failed”.')}
      empty={{
        icon: IconCalendarTime,
        title: t('No schedules'),
        children: t(
          'Say once when somebody is there; scenarios ask it whether the office is open, closed or on holiday.',
        ),
      }}
    />
  );
}

function ScheduleField({ value, error, onChange }: OwnFieldProps) {
  return (
    <div>
      <ScheduleEditor value={value as ScheduleDraft} onChange={onChange} />
      {error && <Input.Error mt="xs">{error}</Input.Error>}
      <Text size="xs" c="dimmed" mt="xs">
        {describeSchedule(scheduleOf(value as ScheduleDraft) as { readonly [key: string]: Json })}
      </Text>
    </div>
  );
}

function checkSchedule(draft: unknown): string | null {
  const read = scheduleSchema.safeParse(scheduleOf(draft as ScheduleDraft));
  return read.success ? null : [...new Set(read.error.issues.map(({ message }) => message))].join(' ');
}
