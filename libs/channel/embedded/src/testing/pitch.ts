const RATE = 8000;
const FRAME = 160;

/** A steady sound. */
export function tone(frequency: number, durationMs: number, amplitude = 8000): Int16Array {
  const pcm = new Int16Array((durationMs * RATE) / 1000);
  for (let n = 0; n < pcm.length; n++) pcm[n] = Math.round(amplitude * Math.sin((2 * Math.PI * frequency * n) / RATE));
  return pcm;
}

/** In how many ms of it (frames of 20 ms) this pitch sounds: at least a tenth of the energy, and audible at all. */
export function pitchMs(pcm: Int16Array, frequency: number): number {
  let frames = 0;
  for (let at = 0; at + FRAME <= pcm.length; at += FRAME) {
    let cos = 0;
    let sin = 0;
    let energy = 0;
    for (let n = 0; n < FRAME; n++) {
      const sample = pcm[at + n]!;
      const angle = (2 * Math.PI * frequency * n) / RATE;
      cos += sample * Math.cos(angle);
      sin += sample * Math.sin(angle);
      energy += sample * sample;
    }
    const part = (2 * (cos * cos + sin * sin)) / FRAME;
    if (energy / FRAME > 200 * 200 && part > energy * 0.1) frames += 1;
  }
  return frames * 20;
}
