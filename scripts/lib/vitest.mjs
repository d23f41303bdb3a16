import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { bin, ROOT } from './paths.mjs';
import { run, tail } from './run.mjs';

const RETRIED = join(ROOT, 'scripts/lib/retried.mjs');

/** Runs Vitest and gives true totals out of its JSON report, with a text for each failure. */
export async function vitest(args, { env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'callwright-report-'));
  const file = join(folder, 'report.json');
  const retried = join(folder, 'retried');
  try {
    const reporters = ['--reporter=json', `--outputFile.json=${file}`, `--reporter=${RETRIED}`];
    const { code, output } = await run(bin('vitest'), ['run', ...reporters, ...args], {
      env: { ...env, RETRIED_FILE: retried },
    });
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, details: tail(output, 60) };
    const { details, ...totals } = summary(JSON.parse(readFileSync(file, 'utf8')), code, output);
    const again = existsSync(retried) ? readFileSync(retried, 'utf8') : '';
    return { ...totals, details: [details, ...triedAgain(again)].filter((text) => text !== '').join('\n') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Exported for its test: a report, and the exit code that came with it, become totals. */
export function summary(report, code, output = '') {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: file.name })),
  );
  const count = (...states) => tests.filter((test) => states.includes(test.status)).length;
  const details = [];
  for (const test of tests.filter(({ status }) => status === 'failed')) {
    details.push(
      `✗ ${where(test.file)} › ${test.fullName}\n${indent(tail(test.failureMessages.join('\n').split('\n').slice(0, 25).join('\n')))}`,
    );
  }
  // A file that could not be loaded has no tests to fail.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  for (const file of broken) details.push(`✗ ${where(file.name)}\n${indent(tail(file.message ?? '', 25))}`);
  let failed = count('failed') + broken.length;
  if (failed === 0 && code !== 0) {
    // Unhandled errors, or no test at all: Vitest says so only with its exit code and on its output.
    failed = 1;
    details.push(tail(output, 40));
  }
  return {
    passed: count('passed'),
    failed,
    skipped: count('pending', 'skipped', 'todo', 'disabled'),
    details: details.join('\n'),
  };
}

/** Exported for its test: what passed only at a further try is told, for it may hide a race. */
export function triedAgain(lines) {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
    .map(
      ([file, name, tries]) =>
        `↻ ${where(file)} › ${name}: passed when it was tried ${tries === '1' ? 'again' : `${tries} times again`}`,
    );
}

const where = (file) => relative(ROOT, file);
const indent = (text) => text.replace(/^/gm, '    ');
