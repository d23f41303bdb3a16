import { z } from 'zod';

/** What an API token may be narrowed to. */
export const SCOPE_AREAS = [
  'scenarios',
  'media',
  'schedules',
  'numbers',
  'calls',
  'faxes',
  'phones',
  'trunks',
  'limits',
  'secrets',
  'webhooks',
  'users',
  'tokens',
  'workspaces',
  'audit',
  'auth',
] as const;

const scopes = SCOPE_AREAS.flatMap((area) => [area, `${area}:read`]);

export const scopeSchema = z
  .enum(scopes)
  .meta({ description: 'An area (`calls`), or its reading alone (`calls:read`).' });

/** Whether scopes (empty: all) open a path like `/api/calls/…`. */
export function scopesAllow(granted: readonly string[], path: string, reading: boolean): boolean {
  if (granted.length === 0) return true;
  const area = path.split('/')[2] ?? '';
  return granted.includes(area) || (reading && granted.includes(`${area}:read`));
}
