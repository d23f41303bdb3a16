import { ActionIcon, Checkbox, Input, Loader, Stack, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../i18n/language.js';
import type { Holiday } from './draft.js';
import classes from './Holidays.module.css';

/** Fetched when a schedule is edited: nothing else of the page needs a calendar. */
const HolidayCalendar = lazy(() => import('./HolidayCalendar.js'));

/** The days on which the weekly hours do not count, chosen in a calendar. */
export function Holidays({
  value,
  onChange,
}: {
  value: readonly Holiday[];
  onChange: (value: readonly Holiday[]) => void;
}) {
  const { t } = useTranslation();
  const replace = (at: number, holiday: Holiday) => onChange(value.map((old, index) => (index === at ? holiday : old)));
  const toggle = (date: string) => {
    const rest = value.filter((holiday) => !fallsOn(holiday, date));
    onChange(rest.length < value.length ? rest : [...value, { date, name: '', yearly: false }]);
  };
  return (
    <Input.Wrapper
      label={t('Holidays')}
      description={t('Choose a day to make it a holiday, or an ordinary one again.')}
      labelElement="div"
    >
      <div className={classes.calendar}>
        <Suspense fallback={<Loader size="sm" m="xl" aria-label={t('Loading')} />}>
          <HolidayCalendar isHoliday={(date) => value.some((holiday) => fallsOn(holiday, date))} onToggle={toggle} />
        </Suspense>
      </div>
      <Stack gap={8} mt={10}>
        {value.map((holiday, index) => {
          const day = dayOf(holiday);
          return (
            <div key={index} className={classes.holiday} role="group" aria-label={day}>
              <span className={classes.date}>{day}</span>
              <Checkbox
                size="xs"
                label={t('every year')}
                checked={holiday.yearly}
                onChange={(event) => replace(index, { ...holiday, yearly: event.currentTarget.checked })}
              />
              <ActionIcon
                size="sm"
                aria-label={t('Remove the holiday of {{day}}', { day })}
                onClick={() => onChange(value.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
              <TextInput
                size="xs"
                className={classes.name}
                aria-label={t('Name of the holiday of {{day}}', { day })}
                placeholder={t('Name')}
                value={holiday.name}
                onChange={(event) => replace(index, { ...holiday, name: event.currentTarget.value })}
              />
            </div>
          );
        })}
      </Stack>
    </Input.Wrapper>
  );
}

const fallsOn = ({ date, yearly }: Holiday, day: string): boolean =>
  yearly ? date.slice(5) === day.slice(5) : date === day;

/** `25 Dec`, with its year where it counts. What is no date yet is shown as it is. */
function dayOf({ date, yearly }: Holiday): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time)) return date;
  return new Intl.DateTimeFormat(currentLocale(), {
    day: 'numeric',
    month: 'short',
    ...(!yearly && { weekday: 'short', year: 'numeric' }),
    timeZone: 'UTC',
  }).format(time);
}
