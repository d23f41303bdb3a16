import { FRAME_SAMPLES, msOf, silenceCode, transcodeTable, type G711Codec } from '@callwright/media';
import type { SharedPrompt } from './prompt.js';

/** Plays parts one after the other, without a gap, a number of times. */
export class Player {
  readonly #parts: readonly SharedPrompt[];
  #roundsLeft: number;
  #part = 0;
  #position = 0;
  #played = 0;

  /** `loop` 0: for ever. */
  constructor(parts: readonly SharedPrompt[], loop: number) {
    this.#parts = parts.filter(({ codes }) => codes.length > 0);
    this.#roundsLeft = this.#parts.length === 0 ? 0 : loop === 0 ? Infinity : loop;
    if (this.#roundsLeft <= 0) this.#part = this.#parts.length;
  }

  /** Nothing is left to be played. */
  get ended(): boolean {
    return this.#part >= this.#parts.length;
  }

  get playedMs(): number {
    return msOf(this.#played);
  }

  /** Writes the next frame to `into[at …]`; behind the end there is silence. Call it while not `ended`. */
  fill(into: Uint8Array, at: number, codec: G711Codec): void {
    const end = at + FRAME_SAMPLES;
    let n = at;
    while (n < end && !this.ended) {
      const { codes, codec: given } = this.#parts[this.#part]!;
      const length = Math.min(end - n, codes.length - this.#position);
      if (given === codec) copy(codes, this.#position, length, into, n);
      else translate(codes, this.#position, length, into, n, transcodeTable(given));
      n += length;
      this.#forward(length);
    }
    if (n < end) into.fill(silenceCode(codec), n, end);
  }

  #forward(samples: number): void {
    this.#played += samples;
    this.#position += samples;
    const { codes, endless } = this.#parts[this.#part]!;
    if (this.#position < codes.length) return;
    this.#position = 0;
    if (endless || ++this.#part < this.#parts.length) return;
    if (--this.#roundsLeft > 0) this.#part = 0;
  }
}

// Loops and not `set(subarray())`: a view for each of 100,000 frames a second would be garbage.
function copy(from: Uint8Array, start: number, length: number, into: Uint8Array, at: number): void {
  for (let n = 0; n < length; n++) into[at + n] = from[start + n]!;
}

function translate(
  from: Uint8Array,
  start: number,
  length: number,
  into: Uint8Array,
  at: number,
  table: Uint8Array,
): void {
  for (let n = 0; n < length; n++) into[at + n] = table[from[start + n]!]!;
}
