import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bin, CACHE, ROOT, TSC } from './paths.mjs';
import { Refusal, step } from './progress.mjs';
import { run, tail } from './run.mjs';

/** The projects whose building needs no browser bundler. They name what they build on in their tsconfig. */
export const SERVER_PROJECTS = ['apps/api', 'apps/cli'];

/** What is built: from which sources, into what, and how. */
const PARTS = [
  {
    name: 'server',
    title: 'Building the server',
    sources: ['libs', ...SERVER_PROJECTS],
    output: ['apps/api/dist/main.js', 'apps/cli/dist/main.js'],
    build: () => run(TSC, ['-b', ...SERVER_PROJECTS.filter((path) => existsSync(join(ROOT, path, 'tsconfig.json')))]),
  },
  {
    name: 'designer',
    title: 'Building the designer',
    sources: ['libs', 'apps/designer'],
    output: ['apps/designer/dist/index.html'],
    build: () => run(bin('vite'), ['build', '--logLevel', 'warn'], { cwd: join(ROOT, 'apps/designer') }),
  },
];

/** Builds what has changed since the last time. Looks only at names, sizes and times of sources, so that "nothing" costs milliseconds. */
export async function ensureBuilt({ quiet = false } = {}) {
  for (const part of PARTS) {
    const stamp = join(CACHE, `built-${part.name}`);
    const wanted = fingerprint(part.sources);
    const have = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
    if (have === wanted && part.output.every((path) => existsSync(join(ROOT, path)))) continue;
    const build = async () => {
      const { code, output } = await part.build();
      if (code !== 0) throw new Refusal(tail(output, 40));
    };
    await (quiet ? build() : step(part.title, build));
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(stamp, wanted);
  }
}

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'testing']);

/** A hash over name, size and time of each file that can change what is built. */
export function fingerprint(folders, root = ROOT) {
  const hash = createHash('sha256').update(process.versions.node);
  const visit = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) visit(child);
      } else if (!/(\.(test\.tsx?|tsbuildinfo)|^README\.md)$/.test(entry.name)) {
        add(child);
      }
    }
  };
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  for (const file of ['package-lock.json', 'tsconfig.base.json']) add(file);
  for (const folder of folders) visit(folder);
  return hash.digest('hex');
}
