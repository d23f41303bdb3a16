import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL in which every test file makes a database of its own; null: SQLite. */
    postgresUrl: string | null;
  }
}

interface Postgres {
  readonly url: string;
  stop(): void;
}

/** `TEST_DATABASE`: `sqlite` (or unset), `postgres` (one is started), or the URL of one that runs. */
export default async function setUp(project: TestProject): Promise<(() => void) | undefined> {
  const wanted = process.env['TEST_DATABASE'] ?? 'sqlite';
  if (wanted !== 'postgres') {
    project.provide('postgresUrl', wanted === 'sqlite' ? null : wanted);
    return undefined;
  }
  const script = join(import.meta.dirname, '../../../../scripts/lib/postgres.mjs');
  const { startPostgres } = (await import(pathToFileURL(script).href)) as { startPostgres(): Promise<Postgres> };
  const postgres = await startPostgres();
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
