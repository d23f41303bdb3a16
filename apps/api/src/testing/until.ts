import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until there is something; for what another process or the network does. */
export async function until<T>(
  look: () => Promise<T | undefined | false | null> | T | undefined | false | null,
): Promise<T> {
  for (let waited = 0; waited < 5000; waited += 20) {
    const found = await look();
    if (found) return found;
    await sleep(20);
  }
  throw new Error('it did not happen within 5 s');
}
