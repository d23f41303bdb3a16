import { SAMPLE_RATE } from '../audio.js';

/** The loudest sine that G.711 can carry, in dBm0 (ITU-T G.711, table 5). */
const FULL_SCALE_DBM0 = 3.14;

/** Peak of a sine of that level. */
export const amplitudeOf = (dbm0: number): number => 32_767 * 10 ** ((dbm0 - FULL_SCALE_DBM0) / 20);

/** Adds a sine to `into[from … to)`; `phaseFrom` is the sample at which its phase is zero. */
export function addSine(
  into: Float64Array,
  from: number,
  to: number,
  hertz: number,
  dbm0: number,
  phaseFrom = from,
): void {
  const amplitude = amplitudeOf(dbm0);
  const step = (2 * Math.PI * hertz) / SAMPLE_RATE;
  for (let n = from; n < to; n++) into[n]! += amplitude * Math.sin(step * (n - phaseFrom));
}
