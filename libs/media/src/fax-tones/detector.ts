import { SAMPLE_RATE } from '../audio.js';

/** `cng`: 1,100 Hz for half a second every three and a half, by who calls; `ced`: 2,100 Hz for about three seconds, by who answers (ITU-T T.30 section 4). */
export type FaxMachineTone = 'cng' | 'ced';

const BLOCK = 160;
/** Mean square below which there is nothing to be heard (about -43 dBm0, as T.30 asks for). */
const QUIET = 110 * 110;
/** Share of a block's energy that a lone tone has at its own frequency; speech and music have it at no frequency for so long. */
const PURITY = 0.8;
/** Blocks of 20 ms that make a tone. */
const CNG_BLOCKS = 20;
const CED_BLOCKS = 30;
/** Frequencies that are looked at around the nominal one, in Hz: CNG may be 38 off, CED 15. */
const CNG_HERTZ = [1072, 1100, 1128];
const CED_HERTZ = [2100];

class Goertzel {
  readonly #coefficient: number;

  constructor(hertz: number) {
    this.#coefficient = 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE);
  }

  /** Share of the block's energy at this frequency, 0 … about 1. */
  share(block: Int16Array, energy: number): number {
    let before = 0;
    let last = 0;
    for (let n = 0; n < BLOCK; n++) {
      const now = block[n]! + this.#coefficient * last - before;
      before = last;
      last = now;
    }
    const power = last * last + before * before - this.#coefficient * last * before;
    return (2 * power) / (BLOCK * energy);
  }
}

/** A tone that must sound alone for a while; a phase reversal (CED has some) may spoil one block in between. */
class ToneWatch {
  readonly #filters: readonly Goertzel[];
  readonly #least: number;
  #blocks = 0;
  #spoilt = 0;

  constructor(hertz: readonly number[], least: number) {
    this.#filters = hertz.map((one) => new Goertzel(one));
    this.#least = least;
  }

  /** True once, when it has sounded for long enough. */
  hear(block: Int16Array, energy: number): boolean {
    const pure = energy > QUIET * BLOCK && this.#filters.some((filter) => filter.share(block, energy) > PURITY);
    if (pure) {
      this.#blocks++;
      this.#spoilt = 0;
      return this.#blocks === this.#least;
    }
    if (this.#blocks === 0 || energy <= QUIET * BLOCK || ++this.#spoilt > 1) {
      this.#blocks = 0;
      this.#spoilt = 0;
    }
    return false;
  }
}

/** Hears fax machines in frames of 20 ms (160 samples). */
export class FaxToneDetector {
  readonly #cng = new ToneWatch(CNG_HERTZ, CNG_BLOCKS);
  readonly #ced = new ToneWatch(CED_HERTZ, CED_BLOCKS);

  /** What this frame completes, if anything. */
  hear(frame: Int16Array): FaxMachineTone | null {
    let energy = 0;
    for (let n = 0; n < BLOCK; n++) energy += frame[n]! * frame[n]!;
    if (this.#ced.hear(frame, energy)) return 'ced';
    if (this.#cng.hear(frame, energy)) return 'cng';
    return null;
  }
}
