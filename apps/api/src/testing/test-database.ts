import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

/** `DATABASE_URL` of a fresh PostgreSQL database, or undefined when the suite runs on SQLite. */
export async function freshDatabaseUrl(): Promise<string | undefined> {
  const server = inject('postgresUrl');
  if (server === null) return undefined;
  const name = `callwright_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
