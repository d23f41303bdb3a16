import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../audio.js';
import { levelOf } from '../level/level.js';
import { correlate } from '../testing/correlation.js';
import { randomness, sine, voice } from '../testing/sound.js';
import { Concealment } from './concealment.js';

/** The sound with every frame that `lost` names concealed (or made silent). */
function withLoss(pcm: Int16Array, lost: (n: number) => boolean, conceal: boolean): Int16Array {
  const concealment = new Concealment();
  const out = pcm.slice();
  for (let n = 0; (n + 1) * FRAME_SAMPLES <= out.length; n++) {
    const frame = out.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES);
    if (!lost(n)) concealment.hear(frame);
    else if (conceal) concealment.conceal(frame);
    else frame.fill(0);
  }
  return out;
}

function distortionDb(clean: Int16Array, other: Int16Array): number {
  const difference = Int16Array.from(clean, (sample, n) => sample - other[n]!);
  return levelOf(clean) - levelOf(difference);
}

describe('Concealment (after ITU-T G.711 appendix I)', () => {
  it('goes on with a steady tone as if nothing had been lost', () => {
    const tone = sine(200, -10, 8000);
    const heard = withLoss(tone, (n) => n === 20, true);
    expect(correlate(heard.subarray(19 * 160, 23 * 160), tone.subarray(19 * 160, 22 * 160)).likeness).toBeGreaterThan(
      0.97,
    );
  });

  it('is better than silence by 2 dB on a voice with 10 % loss', () => {
    const pcm = voice(80_000);
    const random = randomness(3);
    const losses = Array.from({ length: 500 }, () => random() < 0.1);
    const concealed = distortionDb(
      pcm,
      withLoss(pcm, (n) => losses[n]!, true),
    );
    const silent = distortionDb(
      pcm,
      withLoss(pcm, (n) => losses[n]!, false),
    );
    expect(concealed - silent).toBeGreaterThan(2);
  });

  it('fades to silence in 60 ms', () => {
    const heard = withLoss(sine(200, -10, 8000), (n) => n >= 20, true);
    expect(levelOf(heard.subarray(20 * 160, 20 * 160 + 80))).toBeGreaterThan(-12);
    expect(levelOf(heard.subarray(23 * 160))).toBe(-96);
  });

  it('joins without a click', () => {
    const tone = sine(210, -6, 8000);
    const heard = withLoss(tone, (n) => n === 20 || n === 30 || n === 31, true);
    const steepest = Math.max(...Array.from(tone.subarray(1), (sample, n) => Math.abs(sample - tone[n]!)));
    const steps = Array.from(heard.subarray(1), (sample, n) => Math.abs(sample - heard[n]!));
    expect(Math.max(...steps)).toBeLessThan(steepest * 2.5);
  });

  it('conceals nothing but silence before the first frame', () => {
    const frame = new Int16Array(FRAME_SAMPLES).fill(7);
    new Concealment().conceal(frame);
    expect(frame.every((sample) => sample === 0)).toBe(true);
  });
});
