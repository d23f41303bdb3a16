import { FRAME_SAMPLES } from '@callwright/media';

/** Handed over this many frames at a time: 100 ms are soon enough for a person, and ten messages a second little for a thread. */
const FRAMES = 5;

/** A supervisor's ear on one leg. It takes copies; there is nothing in it that could put a sample into the call. */
export class Overhearing {
  readonly #tell: (stereo: Int16Array) => void;
  #stereo = new Int16Array(2 * FRAMES * FRAME_SAMPLES);
  #filled = 0;

  constructor(tell: (stereo: Int16Array) => void) {
    this.#tell = tell;
  }

  /** A turn: what the far end said, and what it heard (null: nothing). */
  hear(heard: Int16Array, said: Int16Array | null): void {
    for (let n = 0; n < FRAME_SAMPLES; n++) {
      this.#stereo[this.#filled++] = heard[n]!;
      this.#stereo[this.#filled++] = said === null ? 0 : said[n]!;
    }
    if (this.#filled < this.#stereo.length) return;
    this.#tell(this.#stereo);
    this.#stereo = new Int16Array(this.#stereo.length);
    this.#filled = 0;
  }
}
