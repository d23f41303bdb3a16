import type { Json, JsonObject } from '@callwright/kernel';
import { t } from '../i18n/i18n.js';
import { DAYS, dayTitle, type Day } from './draft.js';

const short = (day: Day) => dayTitle(day, 'short');

/** `Mon–Thu 09:00–18:00 · Fri 09:00–12:00, 13:00–17:00`: days with the same hours are told together. */
export function describeSchedule(schedule: JsonObject): string {
  const weekly = (schedule['weekly'] ?? {}) as Readonly<Record<string, Json>>;
  const runs: { from: Day; to: Day; hours: string }[] = [];
  for (const day of DAYS) {
    const hours = hoursOf(weekly[day]);
    const last = runs.at(-1);
    if (last && last.hours === hours) last.to = day;
    else runs.push({ from: day, to: day, hours });
  }
  const open = runs.filter(({ hours }) => hours !== '');
  if (open.length === 0) return t('never');
  return open
    .map(({ from, to, hours }) => `${from === to ? short(from) : `${short(from)}–${short(to)}`} ${hours}`)
    .join(' · ');
}

const hoursOf = (spans: Json | undefined): string =>
  Array.isArray(spans) ? spans.map((span: Json) => (Array.isArray(span) ? span.join('–') : '')).join(', ') : '';
