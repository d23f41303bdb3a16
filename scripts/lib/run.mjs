import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';

/**
 * Runs a program to its end and gives its exit code and everything it wrote. `live` also shows its output as it comes.
 * A program that cannot be started gives code 127 and the reason as output.
 */
export function run(program, args, { env = {}, cwd = ROOT, live = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        chunks.push(chunk);
        if (live) process.stdout.write(chunk);
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 128, output: Buffer.concat(chunks).toString(), signal }),
    );
  });
}

/** The last lines of a long output. */
export const tail = (output, lines = 25) => output.trimEnd().split('\n').slice(-lines).join('\n');
