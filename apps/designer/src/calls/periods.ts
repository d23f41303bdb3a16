import { msg } from '../i18n/i18n.js';

/** How far back a search goes. */
export const PERIODS = [
  { value: 'hour', label: msg('Last hour'), hours: 1 },
  { value: 'day', label: msg('Last 24 hours'), hours: 24 },
  { value: 'week', label: msg('Last 7 days'), hours: 24 * 7 },
  { value: 'month', label: msg('Last 30 days'), hours: 24 * 30 },
] as const;

/** ISO 8601, to the minute, so that the same search stays the same for a while; null: from the first call on. */
export function sinceOf(period: string | null, now: number): string | null {
  const found = PERIODS.find(({ value }) => value === period);
  if (!found) return null;
  return new Date(Math.floor((now - found.hours * 3_600_000) / 60_000) * 60_000).toISOString();
}
