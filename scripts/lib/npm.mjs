import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages } from './apt.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { Refusal, step } from './progress.mjs';
import { run, tail } from './run.mjs';
import { BUILD_PACKAGES, nodeHeaders } from './system.mjs';

const STAMP = join(CACHE, 'installed.json');

/** Installs the npm packages when they are missing, older than the lock file, or compiled for another Node. */
export async function ensureModules() {
  const wanted = {
    lock: createHash('sha256')
      .update(readFileSync(join(ROOT, 'package-lock.json')))
      .digest('hex'),
    abi: process.versions.modules,
  };
  if (isInstalled(wanted)) return;
  await ensurePackages(BUILD_PACKAGES);
  const headers = nodeHeaders();
  await step('Installing npm packages (the first time takes a minute or two)', async () => {
    const env = headers ? { npm_config_nodedir: headers } : {};
    const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--include=dev'], { env });
    if (code !== 0) throw new Refusal(`${tail(output)}\n\n${adviceFor(output, headers)}`);
  });
  remember(wanted);
}

function isInstalled(wanted) {
  const stamp = readStamp();
  if (stamp?.abi !== undefined && stamp.abi !== wanted.abi) return false;
  if (stamp?.lock === wanted.lock) return true;
  // Somebody ran npm by hand: npm's own record says whether it was after the last change of the lock file.
  const installed = modifiedAt(join(ROOT, 'node_modules/.package-lock.json'));
  if (installed === null || installed + 5_000 < (modifiedAt(join(ROOT, 'package-lock.json')) ?? 0)) return false;
  remember(wanted);
  return true;
}

function adviceFor(output, headers) {
  if (!/node-gyp|gyp ERR/.test(output)) return 'npm could not install the packages; the lines above say why.';
  const missing = BUILD_PACKAGES.filter(({ found }) => !found()).map((each) => each.package);
  if (missing.length > 0)
    return `The SQLite driver must be compiled here: sudo apt-get install -y ${missing.join(' ')}, then again.`;
  if (!headers) {
    return (
      "The SQLite driver must be compiled here, and Node's own headers are missing (no include/node beside this Node) and could not be downloaded. " +
      'Install a Node.js that brings them (the packages of nodesource.com and the archives of nodejs.org do) or libnode-dev of the same version.'
    );
  }
  return 'The SQLite driver could not be compiled; the lines above say why.';
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return null; // Never installed by us: the other signs decide.
  }
}

function remember(stamp) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(STAMP, JSON.stringify(stamp));
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
