import { t } from '../i18n/i18n.js';
import { currentLocale } from '../i18n/language.js';

/** What people read, in the language in force: dates, durations, numbers, sizes. */
interface Formats {
  readonly dateTime: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
  readonly number: Intl.NumberFormat;
  readonly percent: Intl.NumberFormat;
}

const known = new Map<string, Formats>();

function formats(): Formats {
  const locale = currentLocale();
  const found = known.get(locale) ?? {
    dateTime: new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
    // The moments of a log are read beside those of other logs: always with 24 hours.
    clock: new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
    }),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    number: new Intl.NumberFormat(locale),
    percent: new Intl.NumberFormat(locale, { style: 'percent' }),
  };
  known.set(locale, found);
  return found;
}

export const formatDateTime = (iso: string): string => formats().dateTime.format(new Date(iso));

/** `14:03:07.250` */
export const formatClock = (iso: string): string => formats().clock.format(new Date(iso));

/** `12,400` */
export const formatNumber = (value: number): string => formats().number.format(value);

/** `93%`; in German `93 %` */
export const formatPercent = (part: number): string => formats().percent.format(part);

/** `3 minutes ago`, for a past moment. */
export function formatAgo(iso: string, now: number): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const { relative } = formats();
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  return seconds > -10 ? t('just now') : relative.format(seconds, 'second');
}

/** `0:07`, `12:40`, `1:02:03` */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `840 B`, `12 kB`, `3.4 MB` */
export function formatBytes(bytes: number): string {
  const [value, unit, digits] =
    bytes < 1000
      ? ([bytes, 'byte', 0] as const)
      : bytes < 1_000_000
        ? ([bytes / 1000, 'kilobyte', 0] as const)
        : ([bytes / 1_000_000, 'megabyte', 1] as const);
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'narrow' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
