import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { QUICK } from './support/report.js';

const BENCH = join(import.meta.dirname, '../../scripts/bench/media.mjs');

/* The media engine without SIP, beside a C program that only copies: how evenly sound comes, and what a session costs. */
it('how many sessions the media engine carries, and how evenly', async () => {
  const args = QUICK
    ? ['--sessions', '500', '--seconds', '5']
    : ['--sessions', '500,1000,2000', '--seconds', '10', '--rounds', '3'];
  const { stdout } = await promisify(execFile)(process.execPath, [BENCH, ...args]);
  // Its lines are in the form that all benchmarks print.
  process.stdout.write(stdout);
  expect(stdout).toMatch(/^(bench|skipped) media/m);
}, 600_000);
