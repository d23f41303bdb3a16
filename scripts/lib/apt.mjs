import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './paths.mjs';
import { run } from './run.mjs';
import { say, step } from './progress.mjs';

/** How packages can be installed here: the words before `apt-get`, or null when it cannot be done. */
async function installer() {
  if (!existsSync('/usr/bin/apt-get')) return null;
  if (process.getuid?.() === 0) return [];
  return (await run('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n'] : null;
}

const APT_OPTIONS = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];

/**
 * Installs what is missing, one line each, when that can be done without asking; otherwise names the command to run.
 * Gives back the packages that are still missing.
 */
export async function ensurePackages(packages) {
  const missing = packages.filter(({ found }) => !found());
  if (missing.length === 0 || triedToday(missing)) return missing;
  const prefix = await installer();
  if (!prefix) {
    const names = missing.map((each) => each.package).join(' ');
    const why = existsSync('/usr/bin/apt-get') ? '' : ' (no apt-get here: use the names of your system)';
    say(`Missing system packages; install them with: sudo apt-get install -y ${names}${why}`);
    return missing;
  }
  const apt = (...args) => {
    const [program, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return run(program, rest);
  };
  await step('Reading the package lists', async () =>
    (await apt('update', '-q')).code === 0 ? 'done' : 'no network; trying with the old ones',
  );
  for (const { package: name, why, found } of missing) {
    await step(`Installing ${name} (${why})`, async () => {
      const { code, output } = await apt('install', ...APT_OPTIONS, name);
      return code === 0 && found() ? 'done' : `failed: ${reasonIn(output)}`;
    });
  }
  const left = missing.filter(({ found }) => !found());
  if (left.length > 0) rememberTry(left);
  return left;
}

/** What could not be installed is not tried again at each start: a day without network must not cost every start a minute. */
const TRIED = join(CACHE, 'tried-packages.json');
const namesOf = (packages) =>
  packages
    .map((each) => each.package)
    .sort()
    .join(' ');

function triedToday(packages) {
  if (!existsSync(TRIED)) return false;
  const { names, at } = JSON.parse(readFileSync(TRIED, 'utf8'));
  return names === namesOf(packages) && Date.now() - at < 24 * 3_600_000;
}

function rememberTry(packages) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(TRIED, JSON.stringify({ names: namesOf(packages), at: Date.now() }));
}

const reasonIn = (output) =>
  output.split('\n').find((line) => line.startsWith('E: ')) ?? output.trim().split('\n').at(-1);
