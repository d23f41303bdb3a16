/** How many bars a picture of a recording has. */
export const BARS = 96;

/** How loud each of `bars` equal parts is at most, from 0 to 1, with the loudest part of a recording that is not silent at 1. */
export function peaksOf(samples: Float32Array, bars = BARS): readonly number[] {
  const peaks = Array.from({ length: bars }, (_, bar) => {
    const end = Math.floor((samples.length * (bar + 1)) / bars);
    let peak = 0;
    for (let n = Math.floor((samples.length * bar) / bars); n < end; n++) peak = Math.max(peak, Math.abs(samples[n]!));
    return peak;
  });
  const most = Math.max(...peaks);
  return most === 0 ? peaks : peaks.map((peak) => peak / most);
}
