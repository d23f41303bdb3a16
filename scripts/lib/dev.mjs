import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { SERVER_PROJECTS } from './build.mjs';
import { bin, ROOT, TSC } from './paths.mjs';
import { orRefuse } from './progress.mjs';
import { prepare } from './start.mjs';

/** As start, but rebuilds on every change; the server is started anew after each build without errors. */
export const dev = () =>
  orRefuse(async () => {
    await prepare();
    const children = new Set();
    const launch = (program, args, options) => {
      const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], ...options });
      children.add(child);
      child.on('close', () => children.delete(child));
      return child;
    };

    let server = null;
    const restart = async () => {
      if (server) {
        const ended = new Promise((resolve) => server.once('close', resolve));
        server.kill('SIGTERM');
        await ended;
      }
      server = launch(process.execPath, ['apps/api/dist/main.js']);
    };

    const compiler = launch(TSC, ['-b', ...SERVER_PROJECTS, '--watch', '--preserveWatchOutput'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let restarting = Promise.resolve();
    compiler.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      if (/Found 0 errors/.test(String(chunk))) restarting = restarting.then(restart);
    });
    launch(bin('vite'), ['build', '--watch', '--logLevel', 'warn'], { cwd: join(ROOT, 'apps/designer') });

    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => {
        for (const child of children) child.kill('SIGTERM');
      });
    }
  });
