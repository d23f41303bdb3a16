import { describe, expect, it } from 'vitest';
import { dtmfTones, FRAME_SAMPLES } from '@callwright/media';
import { dtmfRequirements, keysOnLine, voice } from '@callwright/media/testing';
import { loadSpandsp, makeOwnDetector, type MakeInBandDetector } from './in-band.js';

function detect(make: MakeInBandDetector, pcm: Int16Array): { began: string; ended: string; durations: number[] } {
  const heard = { began: '', ended: '', durations: [] as number[] };
  const detector = make({
    began: (digit) => (heard.began += digit),
    ended: (digit, durationMs) => {
      heard.ended += digit;
      heard.durations.push(durationMs);
    },
  });
  const padded = new Int16Array(pcm.length + 10 * FRAME_SAMPLES);
  padded.set(pcm);
  for (let at = 0; at + FRAME_SAMPLES <= padded.length; at += FRAME_SAMPLES)
    detector.hear(padded.subarray(at, at + FRAME_SAMPLES));
  detector.close();
  return heard;
}

describe('our own detector in a session (C4)', () => {
  for (const { name, check } of dtmfRequirements((pcm) => detect(makeOwnDetector, pcm).ended)) {
    it(name, () => expect(check()).toEqual([]));
  }
});

const spandsp = loadSpandsp();

describe.skipIf(typeof spandsp !== 'function')(
  `spandsp's detector${'reason' in spandsp ? ` (skipped: ${spandsp.reason})` : ''}`,
  () => {
    const make = spandsp as MakeInBandDetector;

    it('tells the beginning and the end of each key, also of the same one pressed again', () => {
      for (const digits of ['0123456789*#ABCD', '5555555555']) {
        for (let seed = 1; seed <= 10; seed++) {
          const heard = detect(make, keysOnLine({ digits, seed, onMs: 60, offMs: 60 }));
          expect(heard).toMatchObject({ began: digits, ended: digits });
        }
      }
    });

    it('says how long a key was held, to two frames', () => {
      for (const durationMs of [60, 100, 400]) {
        const { durations } = detect(make, dtmfTones({ digits: '7', durationMs, gapMs: 100 }));
        expect(Math.abs(durations[0]! - durationMs)).toBeLessThanOrEqual(40);
      }
    });

    it('is not fooled by a voice, and is freed once', () => {
      expect(detect(make, voice(8000 * 60, 3)).began).toBe('');
      const detector = make({ began: () => undefined, ended: () => undefined });
      detector.close();
      detector.close();
      expect(() => detector.hear(new Int16Array(FRAME_SAMPLES))).not.toThrow();
    });
  },
);
