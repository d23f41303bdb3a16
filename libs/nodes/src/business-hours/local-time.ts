import { WEEKDAYS } from './schedule.js';

/** What calendar and clock on the wall show in a time zone. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** 0: Monday. */
  readonly weekday: number;
  /** Minutes since midnight, as the clock shows them: in an hour that comes twice, twice the same. */
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  // Zones have a few hundred names; a name that is none has thrown before it comes here.
  formats.set(timeZone, format);
  return format;
}

/** `at`: ms since the epoch. */
export function localTime(at: number, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    weekday: WEEKDAYS.findIndex((day) => day === part('weekday').toLowerCase()),
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/** The calendar day before. */
export function dayBefore({ date, weekday }: LocalTime): Pick<LocalTime, 'date' | 'weekday'> {
  const before = new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return { date: before, weekday: (weekday + 6) % 7 };
}
