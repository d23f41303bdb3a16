import { describe, expect, it } from 'vitest';
import { levelOf } from '../level/level.js';
import { dtmfRequirements } from '../testing/dtmf.js';
import { randomness, voice } from '../testing/sound.js';
import { DtmfDetector } from './detector.js';
import { dtmfTones } from './generator.js';

function detect(pcm: Int16Array): { digits: string; durations: number[] } {
  let digits = '';
  const durations: number[] = [];
  const detector = new DtmfDetector({
    began: (digit) => (digits += digit),
    ended: (_digit, durationMs) => durations.push(durationMs),
  });
  for (let at = 0; at < pcm.length; at += 160) detector.hear(pcm.subarray(at, at + 160));
  return { digits, durations };
}

describe('DtmfDetector (C4)', () => {
  for (const { name, check } of dtmfRequirements((pcm) => detect(pcm).digits)) {
    it(name, () => {
      expect(check()).toEqual([]);
    });
  }

  it('says how long a key was held', () => {
    for (const durationMs of [40, 100, 250, 1000]) {
      const { durations } = detect(dtmfTones({ digits: '5', durationMs, gapMs: 100 }));
      expect(durations).toHaveLength(1);
      expect(Math.abs(durations[0]! - durationMs)).toBeLessThan(30);
    }
  });

  // Five minutes of sound are made and listened to: a busy machine needs more than the usual five seconds for that.
  it('is not fooled by a voice', { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= 10; seed++) expect(detect(voice(8000 * 30, seed)).digits).toBe('');
  });

  it('is not fooled by a key that is too short to be one', () => {
    const random = randomness(2);
    for (let n = 0; n < 100; n++) {
      const pcm = new Int16Array(1600);
      pcm.set(dtmfTones({ digits: '8', durationMs: 40, gapMs: 0 }).subarray(0, 160), 300 + Math.floor(random() * 102));
      expect(detect(pcm).digits).toBe('');
    }
  });
});

describe('dtmfTones', () => {
  it('are as loud as a telephone makes them, the high group by 2 dB', () => {
    expect(levelOf(dtmfTones({ digits: '1', durationMs: 500, gapMs: 0 }))).toBeCloseTo(-4.9, 0);
  });
});
