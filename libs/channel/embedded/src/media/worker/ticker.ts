import { Lateness } from './lateness.js';

/** A frame's 20 ms are divided, so that not all legs of a worker are served in one burst. */
export const SUB_TICKS = 4;
const SUB_TICK_MS = 5;
/** Later than this, whole turns are left out. Up to 200 ms a receiver's jitter buffer can use what comes late, and what came in waits to be heard. */
const MAX_BEHIND = 10 * SUB_TICKS;
/** Early by less than a timer's grain counts as on time; the next turn makes up for it. */
const GRAIN_MS = 0.7;

export interface Turn {
  /** 0 … 3: whose turn it is. */
  readonly slot: number;
  /** Whole turns of 20 ms that are left out before this one, for everybody. */
  readonly skipped: number;
}

/** Calls `run` every 5 ms by a clock that does not drift: lateness of one turn is not carried over to the next. */
export class Ticker {
  readonly lateness = new Lateness();
  readonly #run: (turn: Turn) => void;
  #start = 0;
  #count = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(run: (turn: Turn) => void) {
    this.#run = run;
  }

  start(): void {
    this.#start = performance.now();
    this.#count = 0;
    this.#wait();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  readonly #step = (): void => {
    let noted = -Infinity;
    for (;;) {
      const late = performance.now() - this.#due();
      if (late < -GRAIN_MS) break;
      // A hold-up counts once, however many turns it delays; falling further behind counts each time.
      if (late > noted) {
        noted = late;
        this.lateness.note(Math.max(0, late));
      }
      const behind = Math.floor(late / SUB_TICK_MS);
      const skipped = behind > MAX_BEHIND ? Math.floor(behind / SUB_TICKS) : 0;
      this.#count += skipped * SUB_TICKS;
      const slot = this.#count % SUB_TICKS;
      this.#count++;
      this.#run({ slot, skipped });
    }
    if (this.#timer) this.#wait();
  };

  #due(): number {
    return this.#start + this.#count * SUB_TICK_MS;
  }

  #wait(): void {
    this.#timer = setTimeout(this.#step, Math.max(1, Math.round(this.#due() - performance.now())));
  }
}
