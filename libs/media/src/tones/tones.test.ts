import { describe, expect, it } from 'vitest';
import { levelOf } from '../level/level.js';
import { TONE_PLANS, type ToneCountry } from './plans.js';
import { beep, networkTone, type NetworkTone } from './tones.js';

const TONES: readonly NetworkTone[] = ['dial', 'ringback', 'busy', 'congestion'];

describe('tones', () => {
  it.each(Object.keys(TONE_PLANS) as ToneCountry[])('of %s join themselves without a click', (country) => {
    for (const tone of TONES) {
      const { pcm, endless } = networkTone(tone, country);
      const steps = Array.from(pcm.subarray(1), (sample, n) => Math.abs(sample - pcm[n]!));
      expect(endless).toBe(true);
      expect(Math.abs(pcm[0]! - pcm.at(-1)!)).toBeLessThanOrEqual(Math.max(...steps));
    }
  });

  it('ring for one second in five in Europe and two in six in America', () => {
    expect(networkTone('ringback').pcm.length).toBe(5 * 8000);
    expect(levelOf(networkTone('ringback').pcm.subarray(0, 8000))).toBeCloseTo(-12, 0);
    expect(levelOf(networkTone('ringback').pcm.subarray(8000))).toBe(-96);
    expect(networkTone('ringback', 'US').pcm.length).toBe(6 * 8000);
  });

  it('beep once', () => {
    const { pcm, endless } = beep();
    expect(endless).toBe(false);
    expect(pcm.length).toBe(3200);
    expect(Math.abs(pcm[0]!)).toBeLessThan(500);
  });
});
