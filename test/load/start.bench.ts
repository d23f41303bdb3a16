import { readFileSync, rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pause } from '../support/eventually.js';
import { Product } from '../support/product.js';
import { median, QUICK, report } from './support/report.js';

/** Resident memory of a process, in MB, as the kernel counts it. */
const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

it('how long a second start takes, and what the product needs while nobody calls', async () => {
  const first = await Product.start();
  const { dataDir } = first;
  await first.kill('SIGTERM');
  const seconds: number[] = [];
  const memory: number[] = [];
  try {
    for (let round = 0; round < (QUICK ? 2 : 5); round++) {
      const began = performance.now();
      const product = await Product.start({ dataDir });
      seconds.push((performance.now() - began) / 1000);
      await pause(3_000);
      memory.push(residentMb(product.pid));
      await product.kill('SIGTERM');
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  report({ name: 'second-start', value: median(seconds), unit: 's' });
  report({ name: 'memory-idle', value: median(memory), unit: 'MB' });
  expect(median(seconds)).toBeLessThan(10);
});
