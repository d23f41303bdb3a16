import { dayBefore, localTime, type LocalTime } from './local-time.js';
import { minutesOf, WEEKDAYS, type Schedule } from './schedule.js';

export interface Opening {
  readonly state: 'open' | 'closed' | 'holiday';
  /** Name of the holiday, or null. */
  readonly holiday: string | null;
}

/**
 * Whether somebody is there at a moment (ms since the epoch). A holiday lasts from midnight to midnight and goes before all hours. A
 * range past midnight belongs to the day on which it begins: it counts in the night after an ordinary day, not after a holiday.
 */
export function openingAt(schedule: Schedule, at: number): Opening {
  const now = localTime(at, schedule.timeZone);
  const holiday = holidayOn(schedule, now.date);
  if (holiday) return { state: 'holiday', holiday: holiday.name };
  const yesterday = dayBefore(now);
  const open =
    rangesOf(schedule, now).some(([from, to]) => now.minutes >= from && (to <= from || now.minutes < to)) ||
    (!holidayOn(schedule, yesterday.date) &&
      rangesOf(schedule, yesterday).some(([from, to]) => to <= from && now.minutes < to));
  return { state: open ? 'open' : 'closed', holiday: null };
}

const holidayOn = ({ holidays }: Schedule, date: string) =>
  holidays.find((holiday) => (holiday.yearly ? holiday.date.slice(5) === date.slice(5) : holiday.date === date));

const rangesOf = (
  { weekly }: Schedule,
  { weekday }: Pick<LocalTime, 'weekday'>,
): readonly (readonly [number, number])[] =>
  (weekly[WEEKDAYS[weekday] ?? 'mon'] ?? []).map(([from, to]) => [minutesOf(from), minutesOf(to)] as const);
