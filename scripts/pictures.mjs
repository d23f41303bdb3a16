import './lib/node-version.mjs';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The pictures of the README and the guides are taken by tests of the page, so that they show what is really there.
const TESTS = ['first-call', 'scenario-tests', 'versions'];

const { ROOT } = await import('./lib/paths.mjs');
const { prepare } = await import('./lib/start.mjs');
const { vitest } = await import('./lib/vitest.mjs');
const { orRefuse, say } = await import('./lib/progress.mjs');

await orRefuse(async () => {
  await prepare();
  const folder = join(ROOT, 'docs/guides/images');
  const taken = mkdtempSync(join(tmpdir(), 'pictures-'));
  const args = ['--config', 'test/vitest.config.ts', '--project', 'designer', ...TESTS];
  const { failed, details } = await vitest(args, { env: { PICTURES: taken } });
  if (failed > 0) say(details);
  else {
    // Tests take more pictures than are shown.
    for (const name of shown()) {
      if (existsSync(join(taken, name))) copyFileSync(join(taken, name), join(folder, name));
      else say(`No test takes ${name}.`);
    }
    say(`The pictures are in ${folder}.`);
  }
  rmSync(taken, { recursive: true });
  process.exitCode = failed === 0 ? 0 : 1;
});

/** The files that the README and the guides show. */
function shown() {
  const guides = join(ROOT, 'docs/guides');
  const pages = [
    join(ROOT, 'README.md'),
    ...readdirSync(guides)
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(guides, name)),
  ];
  const names = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\([^)]*images\/([^)]+\.png)\)/g)].map(([, name]) => name),
  );
  return [...new Set(names)].sort();
}
