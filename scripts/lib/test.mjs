import { parseArgs } from 'node:util';
import { ensurePackages } from './apt.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureModules } from './npm.mjs';
import { bin, TSC } from './paths.mjs';
import { orRefuse, Refusal, say, seconds } from './progress.mjs';
import { run, tail } from './run.mjs';
import { PRODUCT_PACKAGES, TEST_PACKAGES } from './system.mjs';
import { vitest } from './vitest.mjs';

/** A program that must end with 0 counts as one check. */
const check = (program, args, options) => async () => {
  const { code, output } = await run(program, args, options);
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0, details: tail(output, 80) };
};

const NX_ENV = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', FORCE_COLOR: '0' };
const endToEnd = (...projects) => [
  '--config',
  'test/vitest.config.ts',
  ...projects.flatMap((name) => ['--project', name]),
];

/** Everything that is checked, in the order in which a mistake is found soonest. */
const STAGES = [
  {
    name: 'lint',
    title: 'lint with module boundaries',
    run: check(bin('nx'), ['run-many', '-t', 'lint', '--output-style=static', '--parallel=2'], { env: NX_ENV }),
  },
  { name: 'format', title: 'formatting', run: check(bin('prettier'), ['--check', '.', '--log-level', 'warn']) },
  { name: 'types', title: 'types, tests included', run: check(TSC, ['-b', '.', 'test']) },
  {
    name: 'build',
    title: 'server and designer',
    run: async () => {
      await ensureBuilt({ quiet: true });
      return { passed: 1, failed: 0, skipped: 0 };
    },
  },
  {
    name: 'reference',
    title: 'generated references are up to date',
    run: check(process.execPath, ['scripts/reference.mjs', '--check']),
  },
  {
    name: 'unit',
    title: 'unit and conformance',
    run: () => vitest(['--project', '!api', '--project', '!channel-drachtio']),
  },
  // Alone: two more servers share the machine then, and audio has its own pace.
  {
    name: 'servers',
    title: 'conformance on drachtio-server and FreeSWITCH',
    run: () => vitest(['--project', 'channel-drachtio']),
  },
  { name: 'api', title: 'API on SQLite', run: () => vitest(['--project', 'api']) },
  {
    name: 'api-postgres',
    title: 'API on PostgreSQL',
    run: () => vitest(['--project', 'api'], { env: { TEST_DATABASE: 'postgres' } }),
  },
  { name: 'calls', title: 'calls over real SIP and RTP', run: () => vitest(endToEnd('calls', 'api', 'interop')) },
  { name: 'designer', title: 'the designer in a real browser', run: () => vitest(endToEnd('designer')) },
];

/** The long figures of the reliability table; each is a file `*.long.test.ts` beside the others. */
const LONG_STAGES = [
  { name: 'long', title: 'the long figures', run: () => vitest([...endToEnd('long'), '--passWithNoTests']) },
];

/** `npm test [-- --only lint,unit] [--long]`. Gives the exit code. */
export const test = (args) =>
  orRefuse(async () => {
    const { values } = parseArgs({ args, options: { long: { type: 'boolean' }, only: { type: 'string' } } });
    const stages = choose(values.long ? LONG_STAGES : STAGES, values.only);
    const began = performance.now();

    await ensureModules();
    const missing = await ensurePackages([...PRODUCT_PACKAGES, ...TEST_PACKAGES]);
    if (missing.length > 0)
      throw new Refusal(`The tests cannot run without: ${missing.map((each) => each.package).join(', ')}`);
    if (values.long) await ensureBuilt();

    const total = { passed: 0, failed: 0, skipped: 0 };
    for (const stage of stages) {
      const result = await runStage(stage);
      for (const key of Object.keys(total)) total[key] += result[key];
    }
    say(`\nin ${seconds(began)}`);
    say(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
    return total.failed === 0 ? 0 : 1;
  });

function choose(stages, only) {
  if (only === undefined) return stages;
  const wanted = only.split(',');
  const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0)
    throw new Refusal(`No such stage: ${unknown.join(', ')}. There are: ${stages.map(({ name }) => name).join(', ')}`);
  return stages.filter(({ name }) => wanted.includes(name));
}

async function runStage({ name, title, run: work }) {
  const began = performance.now();
  process.stdout.write(`${name.padEnd(12)} ${title} … `);
  let result;
  try {
    result = await work();
  } catch (error) {
    result = { passed: 0, failed: 1, skipped: 0, details: error instanceof Refusal ? error.message : error.stack };
  }
  const counts = `${result.passed} passed, ${result.failed} failed${result.skipped > 0 ? `, ${result.skipped} skipped` : ''}`;
  say(`${result.failed === 0 ? 'ok' : 'FAILED'} (${counts}, ${seconds(began)})`);
  if (result.details) say(result.details);
  return result;
}
