import { FRAME_SAMPLES, saturate } from '../audio.js';

/** Pitch between 66 and 200 Hz (ITU-T G.711 appendix I). */
const MIN_PITCH = 40;
const MAX_PITCH = 120;
/** What is compared to find the pitch: 20 ms. */
const CORRELATED = 160;
const HISTORY = MAX_PITCH + CORRELATED;
/** A missing stretch sounds on for 10 ms at full level, then fades by a fifth every 10 ms: silent after 60 ms. */
const FULL_SAMPLES = 80;
const SILENT_SAMPLES = 480;
/** Where lost and found sound meet. */
const CROSSFADE = 40;

/**
 * Packet-loss concealment in the manner of ITU-T G.711 appendix I, without its delay of 3.75 ms: the last pitch period before the gap
 * is repeated, fading, and faded over into what comes after it.
 */
export class Concealment {
  readonly #history = new Int16Array(HISTORY);
  readonly #period = new Float64Array(MAX_PITCH);
  #pitch = 0;
  /** Samples concealed so far in this gap; 0: no gap. */
  #missing = 0;
  #silent = true;

  /** A frame that came, which may be changed at its beginning to join what was concealed before it. */
  hear(frame: Int16Array): void {
    if (this.#missing > 0) this.#rejoin(frame);
    this.#remember(frame);
    this.#silent = false;
  }

  /** Fills a frame that did not come. */
  conceal(frame: Int16Array): void {
    if (this.#silent) {
      frame.fill(0);
      return;
    }
    if (this.#missing === 0) this.#findPeriod();
    for (let n = 0; n < frame.length; n++) frame[n] = this.#next();
    this.#remember(frame);
    if (this.#missing >= SILENT_SAMPLES) this.reset();
  }

  /** Forgets everything: what comes next has nothing to do with what was. */
  reset(): void {
    this.#missing = 0;
    this.#silent = true;
    this.#history.fill(0);
  }

  #next(): number {
    const at = this.#missing++;
    const fade = at < FULL_SAMPLES ? 1 : Math.max(0, 1 - (at - FULL_SAMPLES) / (SILENT_SAMPLES - FULL_SAMPLES));
    return this.#period[at % this.#pitch]! * fade;
  }

  #rejoin(frame: Int16Array): void {
    const length = Math.min(CROSSFADE, frame.length);
    for (let n = 0; n < length; n++) {
      const found = (n + 0.5) / length;
      frame[n] = saturate(frame[n]! * found + this.#next() * (1 - found));
    }
    this.#missing = 0;
  }

  #remember(frame: Int16Array): void {
    const history = this.#history;
    const length = Math.min(frame.length, HISTORY);
    history.copyWithin(0, length);
    for (let n = 0; n < length; n++) history[HISTORY - length + n] = frame[frame.length - length + n]!;
  }

  /** The last pitch period, its seam faded so that it can follow itself. */
  #findPeriod(): void {
    const pitch = this.#findPitch();
    const start = HISTORY - pitch;
    for (let n = 0; n < pitch; n++) this.#period[n] = this.#history[start + n]!;
    const seam = pitch >> 2;
    for (let n = 0; n < seam; n++) {
      const before = (n + 0.5) / seam;
      const at = pitch - seam + n;
      this.#period[at] = this.#period[at]! * (1 - before) + this.#history[start - seam + n]! * before;
    }
    this.#pitch = pitch;
  }

  /** The lag at which the last 20 ms are most like what was before them: coarse, then fine (as appendix I does). */
  #findPitch(): number {
    let best = MIN_PITCH;
    let bestLikeness = -Infinity;
    const consider = (lag: number, step: number) => {
      const likeness = this.#likeness(lag, step);
      if (likeness > bestLikeness) {
        bestLikeness = likeness;
        best = lag;
      }
    };
    for (let lag = MIN_PITCH; lag <= MAX_PITCH; lag += 2) consider(lag, 2);
    const centre = best;
    bestLikeness = -Infinity;
    for (let lag = Math.max(MIN_PITCH, centre - 1); lag <= Math.min(MAX_PITCH, centre + 1); lag++) consider(lag, 1);
    return best;
  }

  #likeness(lag: number, step: number): number {
    let product = 0;
    let energy = 1;
    for (let n = HISTORY - CORRELATED; n < HISTORY; n += step) {
      const then = this.#history[n - lag]!;
      product += this.#history[n]! * then;
      energy += then * then;
    }
    return product / Math.sqrt(energy);
  }
}

/** A frame of the size in which everything moves. */
export const newFrame = (): Int16Array => new Int16Array(FRAME_SAMPLES);
