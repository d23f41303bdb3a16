import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { inputError, isCallwrightError, messageOf } from '@callwright/kernel';
import { runScenarioTest, testFileSchema, type TestFile, type TestReport } from '@callwright/runtime/rehearsal';
import { readArguments, someFiles } from '../arguments.js';
import { neighbours, readDocument, readText } from '../files.js';
import { errorsOf, findingLine } from '../findings.js';
import { junit, type SuiteReport } from '../junit.js';
import type { Command, Terminal } from '../terminal.js';

/**
 * Plays scenario tests in virtual time. Exit 0: all passed. What a person reads goes to the screen; where there is none the report for
 * programs goes there instead, unless a file was named for it.
 */
export const test: Command = async (args, terminal) => {
  const { positionals, values } = readArguments(args, { junit: { type: 'string' } });
  const files = someFiles(positionals, 'callwright test FILE… [--junit FILE]');
  const piped = values.junit === undefined && !terminal.isScreen;
  const say = piped ? terminal.err : terminal.out;
  const suites: SuiteReport[] = [];
  for (const file of files) {
    const began = performance.now();
    const tests = await runFile(file, say);
    suites.push({ file, tests, seconds: (performance.now() - began) / 1000 });
  }
  if (values.junit !== undefined) await writeFile(values.junit, junit(suites));
  if (piped) terminal.out(junit(suites).trimEnd());
  const all = suites.flatMap(({ tests }) => tests);
  const failed = all.filter(({ passed }) => !passed).length;
  say(`${all.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

async function runFile(file: string, say: Terminal['out']): Promise<readonly TestReport[]> {
  const reports: TestReport[] = [];
  const report = (one: TestReport) => {
    reports.push(one);
    say(`${one.passed ? 'ok    ' : 'failed'} ${file}: ${one.name}`);
    if (one.failure) say(`         step ${one.failure.step}: ${one.failure.message}`);
  };
  try {
    const { scenario, tests } = parseTestFile(await readText(file));
    const path = resolve(dirname(file), scenario);
    const document = await readDocument(path);
    const errors = await errorsOf(path, document);
    if (errors.length > 0) {
      const message = errors.map((finding) => findingLine(scenario, finding)).join('; ');
      throw inputError('scenario.has-errors', `The scenario cannot run: ${message}`);
    }
    for (const one of tests) {
      const options = { now: Date.now(), find: neighbours(path), settled: () => setImmediate<void>() };
      report(await runScenarioTest(document, one, options));
    }
  } catch (error) {
    if (!isCallwrightError(error)) throw error;
    report({ name: 'can be read', passed: false, failure: { step: 0, message: error.message }, taken: new Set() });
  }
  return reports;
}

function parseTestFile(text: string): TestFile {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    throw inputError('cli.bad-json', `This is not JSON: ${messageOf(error)}`, {}, error);
  }
  const { success, data, error } = testFileSchema.safeParse(input);
  if (success) return data;
  const [issue] = error.issues;
  throw inputError('cli.bad-test-file', `This is not a test file: ${issue?.path.join('.')} ${issue?.message}`);
}
