import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../paths.mjs';
import { code, table } from './markdown.mjs';

const GROUPS = ['libs', 'libs/channel', 'libs/fax', 'apps'];

/** Every project that has a `src/errors.ts` with a table named `…_ERRORS`. */
export async function errorTables() {
  const tables = [];
  for (const group of GROUPS) {
    for (const name of readdirSync(join(ROOT, group)).sort()) {
      const project = `${group}/${name}`;
      if (!existsSync(join(ROOT, project, 'src/errors.ts'))) continue;
      const module = await import(pathToFileURL(join(ROOT, project, 'dist/errors.js')).href);
      const found = Object.entries(module).filter(([key]) => key.endsWith('_ERRORS'));
      for (const [, errors] of found) tables.push({ project, errors });
    }
  }
  return tables;
}

export async function errorsPage() {
  const parts = [
    '# Errors',
    '',
    'Every error has a stable code. Over REST it comes as `{ "error": { "code", "message", "details" } }`; in a call it is `steps.<node>.error` and the event `run.failed`.',
  ];
  for (const { project, errors } of await errorTables()) {
    const facts = Object.entries(errors).map(([name, fact]) => [
      name,
      typeof fact === 'string' ? { message: fact } : fact,
    ]);
    const hasStatus = facts.some(([, fact]) => fact.status !== undefined);
    const rows = facts.map(([name, { message, meaning, status }]) => [
      code(name),
      message ?? meaning,
      ...(hasStatus ? [status] : []),
    ]);
    parts.push('', `## ${project}`, '', table(['code', 'meaning', ...(hasStatus ? ['HTTP'] : [])], rows));
  }
  return parts.join('\n');
}
