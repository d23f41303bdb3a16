import { isCallwrightError } from '@callwright/kernel';

const ATTEMPTS = 1_000;

/** Does something that needs a recording name which the call does not have yet: `name`, `name-2`, `name-3`, … */
export async function withFreeName<T>(name: string, work: (name: string) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt === 1 ? name : `${name}-${attempt}`);
    } catch (error) {
      if (attempt === ATTEMPTS || !isCallwrightError(error) || error.code !== 'call.recording-exists') throw error;
    }
  }
}
