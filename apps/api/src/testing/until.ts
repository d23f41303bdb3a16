import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than a busy machine takes for anything that is looked for. */
const PATIENCE_MS = 20_000;

/** Looks again and again until there is something; for what another process or the network does. */
export async function until<T>(
  look: () => Promise<T | undefined | false | null> | T | undefined | false | null,
): Promise<T> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 20) {
    const found = await look();
    if (found) return found;
    await sleep(20);
  }
  throw new Error(`it did not happen within ${PATIENCE_MS} ms`);
}
