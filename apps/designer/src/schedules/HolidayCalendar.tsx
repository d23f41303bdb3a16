import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/de';
import { Calendar } from '@mantine/dates';
import { useTranslation } from 'react-i18next';

/** A month at a time. Dates are `YYYY-MM-DD`. */
export default function HolidayCalendar({
  isHoliday,
  onToggle,
}: {
  isHoliday: (date: string) => boolean;
  onToggle: (date: string) => void;
}) {
  const { t, i18n } = useTranslation();
  return (
    <Calendar
      size="sm"
      highlightToday
      hideOutsideDates
      locale={i18n.language}
      ariaLabels={{
        nextMonth: t('Next month'),
        previousMonth: t('Previous month'),
        nextYear: t('Next year'),
        previousYear: t('Previous year'),
        nextDecade: t('Next decade'),
        previousDecade: t('Previous decade'),
      }}
      getDayProps={(date) => ({ selected: isHoliday(date), onClick: () => onToggle(date) })}
      getDayAriaLabel={(date) => labelOf(date, i18n.language, isHoliday(date) ? t('holiday') : null)}
    />
  );
}

const labelOf = (date: string, language: string, mark: string | null): string => {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );
  return mark === null ? day : `${day}, ${mark}`;
};
