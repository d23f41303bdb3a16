import type { Clock } from '@callwright/kernel';

const LONGEST_TIMER_MS = 2_147_483_647;

/** The host's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(at, task) {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const wait = Math.max(0, at - Date.now());
      timer = setTimeout(() => (wait > LONGEST_TIMER_MS ? arm() : task()), Math.min(wait, LONGEST_TIMER_MS));
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};

/** ISO 8601, UTC, ms. */
export const iso = (ms: number): string => new Date(ms).toISOString();
