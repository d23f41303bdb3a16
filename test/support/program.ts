import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program is: what the variable says, otherwise the first of that name on the PATH; null when it is not there. */
export function programOf(env: NodeJS.ProcessEnv, variable: string, name: string): string | null {
  const named = env[variable];
  const places = named ? [named] : (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return places.find((place) => place !== '' && existsSync(place)) ?? null;
}
