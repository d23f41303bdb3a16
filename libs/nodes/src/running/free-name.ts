import { isCallwrightError } from '@callwright/kernel';

const ATTEMPTS = 1_000;

/** Does something that needs a name which nothing has yet: `name`, `name-2`, `name-3`, … `taken` is the code of the error that says so. */
export async function withFreeName<T>(name: string, taken: string, work: (name: string) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt === 1 ? name : `${name}-${attempt}`);
    } catch (error) {
      if (attempt === ATTEMPTS || !isCallwrightError(error) || error.code !== taken) throw error;
    }
  }
}
