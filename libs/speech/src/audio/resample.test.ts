import { describe, expect, it } from 'vitest';
import { levelAt, tone } from '../testing/signals.js';
import { resample } from './resample.js';

const at22k = (hz: number) => tone(hz, 500, 16_384, 22_050);

describe.each([
  [22_050, 8000],
  [16_000, 8000],
  [8000, 16_000],
])('from %i to %i Hz', (from, to) => {
  it.each([100, 300, 1000, 2000, 3400])('passes %i Hz unchanged', (hz) => {
    const out = resample(tone(hz, 500, 16_384, from), from, to);
    expect(20 * Math.log10(levelAt(out, hz, to) / 16_384)).toBeCloseTo(0, 1);
  });

  it('keeps the time', () => {
    expect(resample(new Int16Array(from), from, to).length).toBe(to);
  });
});

describe('from 22,050 to 8,000 Hz', () => {
  it.each([4200, 5000, 6000, 7000, 9000, 11_000])('leaves nothing of %i Hz', (hz) => {
    const out = resample(at22k(hz), 22_050, 8000).subarray(400, 3600);
    const rms = Math.sqrt(out.reduce((sum, sample) => sum + sample * sample, 0) / out.length);
    expect(20 * Math.log10(Math.max(rms, 0.1) / 16_384)).toBeLessThan(-60);
  });

  it('does not shift what it passes', () => {
    const click = new Int16Array(22_050);
    click[11_025] = 30_000;
    const out = resample(click, 22_050, 8000);
    expect(out.indexOf(Math.max(...out))).toBe(4000);
  });
});
