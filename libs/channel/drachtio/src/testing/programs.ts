import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs of the two servers. */
export interface ServerPrograms {
  readonly drachtio: string;
  readonly freeswitch: string;
}

/** Where both are, or which is missing; `DRACHTIO_BIN` and `FREESWITCH_BIN` say it when they are not on the PATH. */
export function findServers(env: NodeJS.ProcessEnv = process.env): ServerPrograms | { readonly reason: string } {
  const drachtio = programOf(env, 'DRACHTIO_BIN', 'drachtio');
  const freeswitch = programOf(env, 'FREESWITCH_BIN', 'freeswitch');
  if (drachtio && freeswitch) return { drachtio, freeswitch };
  const missing = [
    ...(drachtio ? [] : ['drachtio (DRACHTIO_BIN)']),
    ...(freeswitch ? [] : ['freeswitch (FREESWITCH_BIN)']),
  ];
  return { reason: `not on this machine: ${missing.join(', ')}` };
}

/** Where a program is: what the variable says, otherwise the first of that name on the PATH; null when it is not there. */
export function programOf(env: NodeJS.ProcessEnv, variable: string, name: string): string | null {
  const named = env[variable];
  const places = named ? [named] : (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return places.find((place) => place !== '' && existsSync(place)) ?? null;
}
