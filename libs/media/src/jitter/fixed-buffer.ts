import { FRAME_SAMPLES } from '../audio.js';
import { timestampDistance } from '../rtp/sequence.js';

/** Two seconds, for a reader that was held up finds all of it at once: a power of two, so that timestamps can be masked. */
const CAPACITY = 16_384;
const MASK = CAPACITY - 1;
/** Late packets in a row after which the far end's clock is taken to be another one than ours was set to. */
const TOO_LATE = 10;

/**
 * Sound for modems: by timestamp, held back by a fixed time, and never made longer, shorter or up. What did not come is told as a hole.
 * Speech needs the other one (`JitterBuffer`).
 */
export class FixedJitterBuffer {
  /** Which samples of the last frame came: 1, or 0 for a hole. */
  readonly present = new Uint8Array(FRAME_SAMPLES);
  readonly #samples = new Int16Array(CAPACITY);
  readonly #came = new Uint8Array(CAPACITY);
  readonly #delay: number;
  #started = false;
  #playhead = 0;
  #lateInARow = 0;
  /** Packets that came after their time. */
  late = 0;

  /** `delayMs`: at most 300. */
  constructor(delayMs: number) {
    this.#delay = Math.round(delayMs * 8);
  }

  /** A packet: `codes[start … end)` are decoded by `table`. */
  insert(timestamp: number, codes: Uint8Array, start: number, end: number, table: Int16Array): void {
    const length = end - start;
    if (length <= 0 || length > CAPACITY / 2) return;
    if (!this.#started) this.#start(timestamp);
    let lead = timestampDistance(this.#playhead, timestamp);
    if (lead < 0) {
      this.late++;
      if (++this.#lateInARow < TOO_LATE) return;
    } else this.#lateInARow = 0;
    if (lead < 0 || lead + length > CAPACITY) {
      this.#start(timestamp);
      lead = this.#delay;
    }
    for (let n = 0; n < length; n++) {
      const at = (timestamp + n) & MASK;
      this.#samples[at] = table[codes[start + n]!]!;
      this.#came[at] = 1;
    }
  }

  /** Fills the next frame (160 samples) and says how many of them came. Call it once every 20 ms. */
  take(frame: Int16Array): number {
    if (!this.#started) {
      this.present.fill(0);
      return 0;
    }
    let came = 0;
    for (let n = 0; n < FRAME_SAMPLES; n++) {
      const at = (this.#playhead + n) & MASK;
      came += this.present[n] = this.#came[at]!;
      frame[n] = this.#samples[at]!;
      this.#came[at] = 0;
    }
    this.#playhead = (this.#playhead + FRAME_SAMPLES) >>> 0;
    return came;
  }

  #start(timestamp: number): void {
    this.#started = true;
    this.#came.fill(0);
    this.#playhead = (timestamp - this.#delay) >>> 0;
    this.#lateInARow = 0;
  }
}
