import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decibels, peakOf, tone } from '../testing/signals.js';
import { levelled, PEAK, samplesOf, speechLevel, trimSilence } from './level.js';

const silence = (ms: number) => new Int16Array(samplesOf(ms));
const inARow = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));

describe('trimming', () => {
  it('takes silence off both ends and keeps 30 ms around the speech', () => {
    const trimmed = trimSilence(inARow(silence(300), tone(440, 500, 8000), silence(400)));
    expect(trimmed.length).toBe(samplesOf(30 + 500 + 30));
    expect(peakOf(trimmed.subarray(0, samplesOf(30)))).toBe(0);
  });

  it('keeps a first sound that is 30 dB below the vowels', () => {
    const fricative = tone(3000, 60, 250);
    const trimmed = trimSilence(inARow(silence(200), fricative, tone(300, 300, 8000)));
    expect(trimmed.length).toBe(samplesOf(30 + 60 + 300));
  });

  it('keeps pauses inside, and makes nothing of nothing', () => {
    expect(trimSilence(inARow(tone(440, 100, 8000), silence(500), tone(440, 100, 8000))).length).toBe(samplesOf(700));
    expect(trimSilence(silence(1000)).length).toBe(0);
    expect(trimSilence(new Int16Array(0)).length).toBe(0);
  });
});

describe('levelling', () => {
  it.each([100, 1000, 8000, 30_000])('brings a voice of amplitude %i to -18 dBFS', (amplitude) => {
    const out = levelled(tone(300, 500, amplitude));
    expect(decibels(speechLevel(out))).toBeCloseTo(-18, 1);
  });

  it('does not count pauses', () => {
    const sparse = levelled(inARow(tone(300, 200, 5000), silence(2000), tone(300, 200, 5000)));
    expect(decibels(speechLevel(sparse))).toBeCloseTo(-18, 1);
  });

  it('makes soft what is to be soft', () => {
    expect(decibels(speechLevel(levelled(tone(300, 500, 8000), -6)))).toBeCloseTo(-24, 1);
  });

  it('never exceeds -3 dBFS, whatever comes in', () => {
    fc.assert(
      fc.property(fc.int16Array({ maxLength: 3000 }), fc.integer({ min: -20, max: 12 }), (pcm, volumeDb) => {
        expect(peakOf(levelled(pcm, volumeDb))).toBeLessThanOrEqual(PEAK);
      }),
    );
  });

  it('holds a loud moment down without a step: the shape stays', () => {
    // A sine that is sixteen times louder from one zero crossing to another.
    const pcm = Int16Array.from({ length: 6400 }, (_, at) =>
      Math.round((at >= 3200 && at < 3360 ? 32_000 : 2000) * Math.sin((2 * Math.PI * 300 * at) / 8000)),
    );
    const out = levelled(pcm, 12);
    expect(peakOf(out)).toBeLessThanOrEqual(PEAK);
    const gains = Array.from(out, (sample, at) => sample / (pcm[at] ?? 0)).filter(
      (_, at) => Math.abs(pcm[at] ?? 0) > 300,
    );
    const usual = Math.max(...gains);
    for (let at = 1; at < gains.length; at++) {
      expect(Math.abs((gains[at] ?? 0) - (gains[at - 1] ?? 0)) / usual).toBeLessThan(0.1);
    }
    expect(gains.at(-1)).toBeCloseTo(usual, 0);
  });
});
