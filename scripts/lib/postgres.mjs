import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, tail } from './run.mjs';

/** The folder with the newest PostgreSQL's programs, or null when there is none. */
export function postgresPrograms() {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const newest = versions
    .map(Number)
    .filter(Boolean)
    .sort((a, b) => b - a)[0];
  return newest ? `/usr/lib/postgresql/${newest}/bin` : null;
}

/**
 * A PostgreSQL of its own in a temporary folder, on 127.0.0.1 and a free port; gone after `stop`, at the latest with this process.
 * PostgreSQL refuses to run as root, so root runs it as the user `postgres`.
 */
export async function startPostgres() {
  const programs = postgresPrograms();
  if (!programs) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'callwright-postgres-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const id = (flag) => Number(execFileSync('id', [flag, 'postgres']));
    chownSync(folder, id('-u'), id('-g'));
  }
  const as = (program, args) =>
    isRoot ? ['runuser', ['-u', 'postgres', '--', join(programs, program), ...args]] : [join(programs, program), args];
  const must = async (program, args) => {
    const { code, output } = await run(...as(program, args), { cwd: folder });
    if (code !== 0) throw new Error(`${program} failed:\n${tail(output)}`);
  };

  const data = join(folder, 'data');
  const port = await freePort();
  await must('initdb', ['-D', data, '-U', 'callwright', '-A', 'trust', '--no-sync', '-E', 'UTF8']);
  const settings = `-h 127.0.0.1 -p ${port} -k ${folder} -F -c full_page_writes=off -c synchronous_commit=off`;
  await must('pg_ctl', ['start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', settings]);

  const stop = () => {
    process.off('exit', stop);
    const [program, args] = as('pg_ctl', ['stop', '-m', 'immediate', '-D', data]);
    execFileSync(program, args, { cwd: '/', stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', stop);
  return { url: `postgres://callwright@127.0.0.1:${port}/postgres`, stop };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
