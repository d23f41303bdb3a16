import type { CalendarDate, ClockTime, DateOrder, Language } from './languages/language.js';

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function checked(date: {
  year?: number | undefined;
  month?: number | undefined;
  day?: number | undefined;
}): CalendarDate | undefined {
  const { year, month, day } = date;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > (month === undefined ? 31 : (DAYS[month - 1] ?? 31)))) return undefined;
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}

/** `format` names the parts in order, as SSML does: `ymd`, `dm`, `y`. Without it: year first, else the language's own order. */
export function readDate(
  text: string,
  format: string | undefined,
  language: Language,
  tag: string,
): CalendarDate | undefined {
  const trimmed = text.trim();
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed);
  const parts = compact && (!format || format === 'ymd') ? compact.slice(1) : trimmed.split(/[-/.\s]+/).filter(Boolean);
  const order = format ?? guessOrder(parts, language.dateOrder(tag));
  if (!/^[ymd]{1,3}$/.test(order) || order.length !== parts.length || !parts.every((part) => /^\d{1,4}$/.test(part))) {
    return undefined;
  }
  const at = (letter: string) => {
    const index = order.indexOf(letter);
    return index < 0 ? undefined : Number(parts[index]);
  };
  const date = { year: at('y'), month: at('m'), day: at('d') };
  return checked(date);
}

function guessOrder(parts: readonly string[], usual: DateOrder): string {
  if (parts[0]?.length === 4) return 'ymd'.slice(0, parts.length);
  if (parts.length !== 3) return '';
  // A day above twelve settles what the order must have been.
  if (usual === 'mdy' && Number(parts[0]) > 12) return 'dmy';
  if (usual === 'dmy' && Number(parts[1]) > 12) return 'mdy';
  return usual;
}

/** `18:05`, `6:05 p.m.`, `18:05:30`, `1805`; `format` `hms12` or `hms24` (or a part of them) chooses the clock. */
export function readTime(text: string, format?: string): ClockTime | undefined {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?(?:[:.]?(\d{2}))?(?:\s?([ap])\.?\s?m\.?)?$/i.exec(text.trim());
  if (!match || (match[2] === undefined && match[4] === undefined)) return undefined;
  const written = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const half = match[4]?.toLowerCase();
  if (half && (written < 1 || written > 12)) return undefined;
  const hour = half ? (written % 12) + (half === 'p' ? 12 : 0) : written;
  const second = match[3] === undefined ? undefined : Number(match[3]);
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return undefined;
  const twelveHour = format?.endsWith('12') ? true : format?.endsWith('24') ? false : half !== undefined;
  return { hour, minute, twelveHour, ...(second === undefined ? {} : { second }) };
}
