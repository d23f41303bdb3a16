import type { Clock } from '@callwright/kernel';

/** Longest delay that a timer of Node takes. */
const MAX_DELAY_MS = 2_147_483_647;

/** The real clock. It never runs backwards, so that a step of the wall clock does not make calls time out. */
export class SystemClock implements Clock {
  readonly #offset = Date.now() - performance.now();

  now(): number {
    return Math.round(this.#offset + performance.now());
  }

  at(at: number, task: () => void): () => void {
    const delay = at - this.now();
    let timer: NodeJS.Timeout;
    if (delay <= MAX_DELAY_MS) timer = setTimeout(task, Math.max(0, delay));
    else {
      let cancel = () => undefined as void;
      timer = setTimeout(() => (cancel = this.at(at, task)), MAX_DELAY_MS);
      return () => {
        clearTimeout(timer);
        cancel();
      };
    }
    return () => clearTimeout(timer);
  }
}
