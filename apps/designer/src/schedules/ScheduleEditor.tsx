import { ActionIcon, Button, Checkbox, Input, Select, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { DAYS, dayTitles, type Day, type Holiday, type Range, type ScheduleDraft } from './draft.js';
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
  const zones =
    value.timeZone === '' || timeZones.includes(value.timeZone) ? timeZones : [value.timeZone, ...timeZones];
  const setDay = (day: Day, ranges: readonly Range[]) =>
    onChange({ ...value, weekly: { ...value.weekly, [day]: ranges } });
  const setHoliday = (at: number, holiday: Holiday) =>
    onChange({ ...value, holidays: value.holidays.map((old, index) => (index === at ? holiday : old)) });
  return (
    <Stack gap="md">
      <Select
        label="Time zone"
        searchable
        required
        limit={200}
        data={zones}
        value={value.timeZone === '' ? null : value.timeZone}
        onChange={(timeZone) => onChange({ ...value, timeZone: timeZone ?? '' })}
      />
      <Input.Wrapper
        label="Opening hours"
        description="A time before the one it begins at goes on past midnight."
        labelElement="div"
      >
        <div className={classes.days}>
          {DAYS.map((day) => (
            <DayRow key={day} day={day} ranges={value.weekly[day] ?? []} onChange={(ranges) => setDay(day, ranges)} />
          ))}
        </div>
      </Input.Wrapper>
      <Input.Wrapper label="Holidays" labelElement="div">
        <Stack gap={6} mt={4}>
          {value.holidays.map((holiday, index) => (
            <div key={index} className={classes.holiday}>
              <TextInput
                type="date"
                aria-label={`Holiday ${index + 1}, date`}
                value={holiday.date}
                onChange={(event) => setHoliday(index, { ...holiday, date: event.currentTarget.value })}
              />
              <TextInput
                aria-label={`Holiday ${index + 1}, name`}
                placeholder="Name"
                flex={1}
                value={holiday.name}
                onChange={(event) => setHoliday(index, { ...holiday, name: event.currentTarget.value })}
              />
              <Checkbox
                label="every year"
                checked={holiday.yearly}
                onChange={(event) => setHoliday(index, { ...holiday, yearly: event.currentTarget.checked })}
              />
              <ActionIcon
                aria-label={`Remove holiday ${index + 1}`}
                onClick={() => onChange({ ...value, holidays: value.holidays.filter((_, at) => at !== index) })}
              >
                <IconX size={15} />
              </ActionIcon>
            </div>
          ))}
          <Button
            variant="default"
            size="compact-sm"
            className={classes.add}
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange({ ...value, holidays: [...value.holidays, { date: '', name: '', yearly: true }] })}
          >
            Add a holiday
          </Button>
        </Stack>
      </Input.Wrapper>
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
  const title = dayTitles[day];
  const replace = (at: number, range: Range) => onChange(ranges.map((old, index) => (index === at ? range : old)));
  return (
    <div className={classes.day} role="group" aria-label={title}>
      <span className={classes.dayName}>{title}</span>
      <div className={classes.ranges}>
        {ranges.length === 0 && <span className={classes.closed}>closed</span>}
        {ranges.map(([from, to], index) => (
          <span key={index} className={classes.range}>
            <TimeInput label={`${title} from`} value={from} onChange={(next) => replace(index, [next, to])} />
            –
            <TimeInput label={`${title} to`} value={to} onChange={(next) => replace(index, [from, next])} />
            <ActionIcon
              size="sm"
              aria-label={`Remove ${from} to ${to} on ${title}`}
              onClick={() => onChange(ranges.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </span>
        ))}
      </div>
      <Tooltip label={ranges.length === 0 ? 'Open on this day' : 'Add hours'}>
        <ActionIcon
          size="sm"
          aria-label={`Add hours on ${title}`}
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
