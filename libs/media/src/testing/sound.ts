import { SAMPLE_RATE, saturate } from '../audio.js';
import { amplitudeOf, addSine } from '../tones/oscillator.js';

/** Numbers that look random and are the same in every run: 0 … 1. */
export function randomness(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export function sine(hertz: number, dbm0: number, samples: number): Int16Array {
  const sum = new Float64Array(samples);
  addSine(sum, 0, samples, hertz, dbm0);
  return Int16Array.from(sum, saturate);
}

/** White noise of that level. */
export function noise(dbm0: number, samples: number, random: () => number): Float64Array {
  const rms = amplitudeOf(dbm0) / Math.SQRT2;
  return Float64Array.from({ length: samples }, () => {
    // Two uniform numbers make a normal one (Box and Muller).
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return rms * radius * Math.cos(2 * Math.PI * random());
  });
}

/** Something like a voice: a buzz whose pitch and formants wander, in syllables with pauses. No two stretches of it are alike. */
export function voice(samples: number, seed = 1): Int16Array {
  const random = randomness(seed);
  const out = new Float64Array(samples);
  let at = 0;
  let phase = 0;
  while (at < samples) {
    const length = Math.floor(SAMPLE_RATE * (0.12 + 0.2 * random()));
    const pitch = 90 + 90 * random();
    const glide = (random() - 0.5) * 40;
    const formants = [300 + 500 * random(), 900 + 1300 * random(), 2300 + 700 * random()];
    for (let n = 0; n < length && at + n < samples; n++) {
      const time = n / length;
      phase += (pitch + glide * time) / SAMPLE_RATE;
      let value = 0;
      for (let harmonic = 1; harmonic * pitch < 3400; harmonic++) {
        const hertz = harmonic * pitch;
        const gain = formants.reduce(
          (sum, formant, k) => sum + (1 / (k + 1)) * Math.exp(-(((hertz - formant) / 120) ** 2)),
          0.02,
        );
        value += gain * Math.sin(2 * Math.PI * harmonic * phase);
      }
      out[at + n] = value * 4000 * Math.sin(Math.PI * time);
    }
    at += length + Math.floor(SAMPLE_RATE * 0.08 * random());
  }
  return Int16Array.from(out, saturate);
}
