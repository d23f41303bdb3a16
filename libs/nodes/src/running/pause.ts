import type { Clock } from '@callwright/kernel';

/** Lets time pass (`Infinity`: for ever); true when it did, false when the signal came first. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    let cancel = () => {};
    const onAbort = () => {
      cancel();
      resolve(false);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (ms === Infinity) return;
    cancel = clock.at(clock.now() + ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
  });
}
