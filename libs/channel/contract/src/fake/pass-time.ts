import type { VirtualClock } from '@callwright/kernel';

/** Longer than any chain of promises between two timers of ours. */
const TURNS = 300;

/** Lets everything that waits for promises alone go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
}

/**
 * Lets virtual time pass, timer by timer, and between two timers everything that promises set off. A host that can wait for its
 * own promise queue (Node: `setImmediate`) may give that as `settled`.
 */
export async function passTime(clock: VirtualClock, ms: number, settled: () => Promise<void> = settle): Promise<void> {
  const end = clock.now() + ms;
  await settled();
  for (let next = clock.next(); next !== undefined && next <= end; next = clock.next()) {
    clock.advanceTo(next);
    await settled();
  }
  clock.advanceTo(end);
  await settled();
}
