import { FRAME_SAMPLES, saturate } from '../audio.js';

/**
 * Mix-minus: everybody hears all others and never themselves. A round is: `begin`, `add` the frame of each who speaks,
 * then `mixFor` each who listens, with the frame that they added themselves (or null).
 */
export class ConferenceMixer {
  readonly #sum = new Int32Array(FRAME_SAMPLES);
  #sources = 0;

  begin(): void {
    if (this.#sources > 0) this.#sum.fill(0);
    this.#sources = 0;
  }

  add(frame: Int16Array): void {
    const sum = this.#sum;
    for (let n = 0; n < FRAME_SAMPLES; n++) sum[n]! += frame[n]!;
    this.#sources++;
  }

  /** Fills `into` with the sum of all but `own`; false (and untouched) when there is nothing to hear. Loud is flat, not wrapped. */
  mixFor(own: Int16Array | null, into: Int16Array): boolean {
    if (this.#sources === (own ? 1 : 0)) return false;
    const sum = this.#sum;
    if (own) for (let n = 0; n < FRAME_SAMPLES; n++) into[n] = saturate(sum[n]! - own[n]!);
    else for (let n = 0; n < FRAME_SAMPLES; n++) into[n] = saturate(sum[n]!);
    return true;
  }
}

/** Adds one frame to another. */
export function mixInto(into: Int16Array, frame: Int16Array): void {
  for (let n = 0; n < into.length; n++) into[n] = saturate(into[n]! + frame[n]!);
}
