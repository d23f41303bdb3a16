import { readdirSync, readFileSync } from 'node:fs';
import { pause } from '../../support/eventually.js';

/** Clock ticks a second of /proc (USER_HZ). */
const TICKS = 100;

interface Status {
  readonly parent: number;
  readonly seconds: number;
}

/** How much of one core these processes and everything they started use, over so many ms from `afterMs` on. */
export async function cpuShare(pids: readonly number[], afterMs: number, forMs: number): Promise<number> {
  await pause(afterMs);
  const before = secondsOfTrees(pids);
  const began = performance.now();
  await pause(forMs);
  return (secondsOfTrees(pids) - before) / ((performance.now() - began) / 1000);
}

/** Processor time so far, of these and of everything they started, as far as it still runs. */
export function secondsOfTrees(roots: readonly number[]): number {
  const all = new Map<number, Status>();
  for (const name of readdirSync('/proc')) {
    const status = /^\d+$/.test(name) && statusOf(Number(name));
    if (status) all.set(Number(name), status);
  }
  const belongs = (pid: number): boolean => roots.includes(pid) || (all.has(pid) && belongs(all.get(pid)!.parent));
  return [...all].reduce((sum, [pid, { seconds }]) => sum + (belongs(pid) ? seconds : 0), 0);
}

function statusOf(pid: number): Status | null {
  try {
    // The name may hold blanks and brackets: count from the last one (proc(5)).
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
  } catch {
    return null; // It ended meanwhile.
  }
}
