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

/** Days that are looked ahead: a place that does not open in them may be asked again later. */
const DAYS_AHEAD = 15;
const DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;
/** By so many minutes the clocks may be put on or back between now and then. */
const CLOCK_CHANGES = [-60, -30, 0, 30, 60];

/** The first moment from `at` on at which it is open (ms since the epoch), `at` itself included; null when none comes in two weeks. */
export function nextOpening(schedule: Schedule, at: number): number | null {
  const isOpen = (time: number) => openingAt(schedule, time).state === 'open';
  if (isOpen(at)) return at;
  const { minutes } = localTime(at, schedule.timeZone);
  const thisMinute = at - (at % MINUTE_MS);
  // It opens where a range begins, or at the midnight after a holiday.
  const starts = [
    0,
    ...Object.values(schedule.weekly).flatMap((ranges) => (ranges ?? []).map(([from]) => minutesOf(from))),
  ];
  const candidates = [...new Set(starts)].flatMap((start) =>
    Array.from({ length: DAYS_AHEAD }, (_, day) => start - minutes + day * DAY_MINUTES),
  );
  const times = candidates
    .flatMap((ahead) => CLOCK_CHANGES.map((change) => thisMinute + (ahead + change) * MINUTE_MS))
    .filter((time) => time > at)
    .sort((a, b) => a - b);
  return times.find(isOpen) ?? null;
}

const holidayOn = ({ holidays }: Schedule, date: string) =>
  holidays.find((holiday) => (holiday.yearly ? holiday.date.slice(5) === date.slice(5) : holiday.date === date));

const rangesOf = (
  { weekly }: Schedule,
  { weekday }: Pick<LocalTime, 'weekday'>,
): readonly (readonly [number, number])[] =>
  (weekly[WEEKDAYS[weekday] ?? 'mon'] ?? []).map(([from, to]) => [minutesOf(from), minutesOf(to)] as const);
