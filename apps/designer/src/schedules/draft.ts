import type { Json } from '@callwright/kernel';
import { currentLocale } from '../i18n/language.js';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];
/** `Monday`, or `Mon`, in the language in force. */
export const dayTitle = (day: Day, length: 'long' | 'short' = 'long'): string =>
  // The first of January 2024 was a Monday.
  new Intl.DateTimeFormat(currentLocale(), { weekday: length, timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + DAYS.indexOf(day)),
  );

export type Range = readonly [from: string, to: string];
export interface Holiday {
  readonly date: string;
  readonly name: string;
  readonly yearly: boolean;
}
/** A schedule while it is written: every part is there, right or wrong. */
export interface ScheduleDraft {
  readonly timeZone: string;
  readonly weekly: Readonly<Partial<Record<Day, readonly Range[]>>>;
  readonly holidays: readonly Holiday[];
}

const OFFICE: readonly Range[] = [['09:00', '17:00']];

export const newSchedule = (): ScheduleDraft => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  weekly: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE },
  holidays: [],
});

export function draftOf(schedule: Json | undefined): ScheduleDraft {
  const { timeZone, weekly, holidays } = (schedule ?? {}) as { readonly [key: string]: Json | undefined };
  return {
    timeZone: typeof timeZone === 'string' ? timeZone : '',
    weekly: (weekly ?? {}) as unknown as ScheduleDraft['weekly'],
    holidays: (Array.isArray(holidays) ? (holidays as readonly Json[]) : []).map((holiday) => ({
      date: '',
      name: '',
      yearly: false,
      ...(holiday as object),
    })),
  };
}

/** As the API and the document take it: days without hours are left out. */
export const scheduleOf = ({ timeZone, weekly, holidays }: ScheduleDraft): Json => ({
  timeZone,
  weekly: Object.fromEntries(
    DAYS.flatMap((day) => (weekly[day]?.length ? [[day, weekly[day] as unknown as Json]] : [])),
  ),
  holidays: holidays as unknown as Json,
});
