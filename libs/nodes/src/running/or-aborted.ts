export const ABORTED = Symbol('aborted');

/**
 * What some work gives, or `ABORTED` as soon as the signal comes; for work that has no signal of its own. The work goes on, and
 * what becomes of it is nobody's concern any more.
 */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | typeof ABORTED> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(ABORTED);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
