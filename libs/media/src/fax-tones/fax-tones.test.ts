import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, saturate } from '../audio.js';
import { noise, randomness, sine } from '../testing/sound.js';
import { FaxToneDetector, type FaxMachineTone } from './detector.js';

const SECOND = 8000;

function heard(...sounds: readonly ArrayLike<number>[]): FaxMachineTone[] {
  const detector = new FaxToneDetector();
  const all = sounds.flatMap((sound) => Array.from(sound));
  const tones: FaxMachineTone[] = [];
  for (let at = 0; at + FRAME_SAMPLES <= all.length; at += FRAME_SAMPLES) {
    const tone = detector.hear(Int16Array.from(all.slice(at, at + FRAME_SAMPLES), saturate));
    if (tone) tones.push(tone);
  }
  return tones;
}

const silence = (seconds: number) => new Int16Array(seconds * SECOND);
const added = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a, (sample, n) => sample + (b[n] ?? 0));

describe('fax tones', () => {
  it.each([1062, 1100, 1138])('a calling machine is heard at %d Hz, once a burst', (hertz) => {
    const burst = sine(hertz, -15, SECOND / 2);
    expect(heard(silence(0.5), burst, silence(3), burst)).toEqual(['cng', 'cng']);
  });

  it.each([-40, -30, -6])('a calling machine is heard at %d dBm0', (level) => {
    expect(heard(sine(1100, level, SECOND / 2))).toEqual(['cng']);
  });

  it('a calling machine is heard through noise 15 dB below', () => {
    const burst = sine(1100, -15, SECOND / 2);
    expect(heard(added(burst, noise(-30, burst.length, randomness(1))))).toEqual(['cng']);
  });

  it('an answering machine is heard, once, also with phase reversals', () => {
    expect(heard(sine(2100, -12, 3 * SECOND))).toEqual(['ced']);
    const piece = sine(2100, -12, 0.45 * SECOND);
    const turned = piece.map((sample) => -sample);
    expect(heard(piece, turned, piece, turned, piece, turned)).toEqual(['ced']);
  });

  it('other sounds are no fax machines', () => {
    const random = randomness(2);
    expect(heard(sine(1100, -15, 0.3 * SECOND), silence(1))).toEqual([]);
    expect(heard(sine(1000, -10, SECOND), sine(1209, -10, SECOND), sine(2225, -10, SECOND))).toEqual([]);
    // Two tones, as a key has.
    expect(heard(added(sine(1100, -10, SECOND), sine(770, -10, SECOND)))).toEqual([]);
    expect(heard(noise(-10, 20 * SECOND, random))).toEqual([]);
  });
});
