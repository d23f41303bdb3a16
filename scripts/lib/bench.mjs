import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensurePackages } from './apt.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureModules } from './npm.mjs';
import { bin, ROOT } from './paths.mjs';
import { orRefuse, say } from './progress.mjs';
import { PRODUCT_PACKAGES, TEST_PACKAGES } from './system.mjs';

/**
 * `npm run bench [-- --quick] [-- --only set-ups]`: the files `test/load/*.bench.ts`, one after the other, each printing lines
 * `bench NAME value unit (ratio R to PEER)`. Everything else that is said goes to the error output. Gives the exit code.
 */
export const bench = (args) =>
  orRefuse(async () => {
    const { values } = parseArgs({ args, options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
    await ensureModules();
    const missing = await ensurePackages([...PRODUCT_PACKAGES, ...TEST_PACKAGES]);
    if (missing.length > 0) say(`Without ${missing.map((each) => each.package).join(', ')} some figures are left out.`);
    await ensureBuilt();

    const vitest = spawn(
      bin('vitest'),
      [
        'run',
        '--config',
        'test/vitest.config.ts',
        '--project',
        'bench',
        '--disable-console-intercept',
        '--reporter=dot',
        values.only,
      ].filter(Boolean),
      {
        cwd: ROOT,
        env: { ...process.env, BENCH_QUICK: values.quick ? '1' : '' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let line = '';
    vitest.stdout.on('data', (chunk) => {
      const lines = (line + chunk).split('\n');
      line = lines.pop();
      for (const each of lines) (/^bench /.test(each) ? process.stdout : process.stderr).write(`${each}\n`);
    });
    return new Promise((resolve) => vitest.on('close', (code) => resolve(code ?? 1)));
  });
