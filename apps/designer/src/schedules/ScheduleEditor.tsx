import { ActionIcon, Input, Select, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DAYS, dayTitle, type Day, type Range, type ScheduleDraft } from './draft.js';
import { Holidays } from './Holidays.js';
import classes from './ScheduleEditor.module.css';

const timeZones = Intl.supportedValuesOf('timeZone');

/** Opening times for each day, in a time zone, and the days on which they do not count. */
export function ScheduleEditor({
  value,
  onChange,
}: {
  value: ScheduleDraft;
  onChange: (value: ScheduleDraft) => void;
}) {
  const { t } = useTranslation();
  const zones =
    value.timeZone === '' || timeZones.includes(value.timeZone) ? timeZones : [value.timeZone, ...timeZones];
  const setDay = (day: Day, ranges: readonly Range[]) =>
    onChange({ ...value, weekly: { ...value.weekly, [day]: ranges } });
  return (
    <Stack gap="md">
      <Select
        label={t('Time zone')}
        searchable
        required
        limit={200}
        data={zones}
        value={value.timeZone === '' ? null : value.timeZone}
        onChange={(timeZone) => onChange({ ...value, timeZone: timeZone ?? '' })}
      />
      <Input.Wrapper
        label={t('Opening hours')}
        description={t('A time before the one it begins at goes on past midnight.')}
        labelElement="div"
      >
        <div className={classes.days}>
          {DAYS.map((day) => (
            <DayRow key={day} day={day} ranges={value.weekly[day] ?? []} onChange={(ranges) => setDay(day, ranges)} />
          ))}
        </div>
      </Input.Wrapper>
      <Holidays value={value.holidays} onChange={(holidays) => onChange({ ...value, holidays })} />
    </Stack>
  );
}

function DayRow({
  day,
  ranges,
  onChange,
}: {
  day: Day;
  ranges: readonly Range[];
  onChange: (ranges: readonly Range[]) => void;
}) {
  const { t } = useTranslation();
  const title = dayTitle(day);
  const replace = (at: number, range: Range) => onChange(ranges.map((old, index) => (index === at ? range : old)));
  return (
    <div className={classes.day} role="group" aria-label={title}>
      <span className={classes.dayName}>{title}</span>
      <div className={classes.ranges}>
        {ranges.length === 0 && <span className={classes.closed}>{t('closed')}</span>}
        {ranges.map(([from, to], index) => (
          <span key={index} className={classes.range}>
            <TimeInput
              label={t('{{day}} from', { day: title })}
              value={from}
              onChange={(next) => replace(index, [next, to])}
            />
            –
            <TimeInput
              label={t('{{day}} to', { day: title })}
              value={to}
              onChange={(next) => replace(index, [from, next])}
            />
            <ActionIcon
              size="sm"
              aria-label={t('Remove {{from}} to {{to}} on {{day}}', { from, to, day: title })}
              onClick={() => onChange(ranges.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </span>
        ))}
      </div>
      <Tooltip label={ranges.length === 0 ? t('Open on this day') : t('Add hours')}>
        <ActionIcon
          size="sm"
          aria-label={t('Add hours on {{day}}', { day: title })}
          onClick={() => onChange([...ranges, ranges.length === 0 ? ['09:00', '17:00'] : ['18:00', '20:00']])}
        >
          <IconPlus size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** `HH:MM`, and `24:00` for the end of a day, which the browser's own time field does not know. */
const TimeInput = ({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) => (
  <TextInput
    aria-label={label}
    size="xs"
    w={62}
    maxLength={5}
    inputMode="numeric"
    placeholder="09:00"
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);
