/** Waits until something is so; fails when it takes longer than `ms`. */
export async function until(what: string, isSo: () => boolean, ms = 20_000): Promise<void> {
  const end = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await passed(5);
  }
}

/** Waits until what is counted has not grown for a while. */
export async function settled(count: () => number, forMs = 200): Promise<void> {
  for (let last = -1; last !== count(); await passed(forMs)) last = count();
}

/** Real time, for what runs in other threads. */
export const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
