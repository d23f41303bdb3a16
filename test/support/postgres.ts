import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './product.js';

/** A PostgreSQL of its own, on loopback. */
export interface Postgres {
  readonly url: string;
  stop(): void;
}

/** Whether PostgreSQL is on this machine. */
export const hasPostgres = existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0;

export async function startPostgres(): Promise<Postgres> {
  const script = pathToFileURL(join(ROOT, 'scripts/lib/postgres.mjs')).href;
  const { startPostgres: start } = (await import(script)) as { startPostgres(): Promise<Postgres> };
  return start();
}
