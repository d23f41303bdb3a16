const FULL_SCALE = 32_768;

export function tone(hz: number, ms: number, amplitude: number, rateHz = 8000): Int16Array {
  return Int16Array.from({ length: Math.round((ms * rateHz) / 1000) }, (_, at) =>
    Math.round(amplitude * Math.cos((2 * Math.PI * hz * at) / rateHz)),
  );
}

export const peakOf = (pcm: Int16Array): number => pcm.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

/** dB relative to full scale. */
export const decibels = (level: number): number => 20 * Math.log10(level / FULL_SCALE);

/** Amplitude of one frequency (a single bin of the Fourier transform, with a Hann window). */
export function levelAt(pcm: Int16Array, hz: number, rateHz: number): number {
  let re = 0;
  let im = 0;
  let weight = 0;
  for (let at = 0; at < pcm.length; at++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / pcm.length);
    const angle = (2 * Math.PI * hz * at) / rateHz;
    re += (pcm[at] ?? 0) * window * Math.cos(angle);
    im += (pcm[at] ?? 0) * window * Math.sin(angle);
    weight += window;
  }
  return (2 * Math.hypot(re, im)) / weight;
}
