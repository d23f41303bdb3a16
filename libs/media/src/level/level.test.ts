import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, saturate } from '../audio.js';
import { noise, randomness, sine, voice } from '../testing/sound.js';
import { levelOf } from './level.js';
import { VoiceActivity } from './voice-activity.js';

const frames = (pcm: Int16Array) =>
  Array.from({ length: Math.floor(pcm.length / FRAME_SAMPLES) }, (_, n) => pcm.subarray(n * 160, (n + 1) * 160));
const white = (dbm0: number, seconds: number) => Int16Array.from(noise(dbm0, seconds * 8000, randomness(1)), saturate);

describe('levelOf', () => {
  it('is in dBm0', () => {
    expect(levelOf(sine(1000, 0, 8000))).toBeCloseTo(0, 1);
    expect(levelOf(sine(1000, -35, 8000))).toBeCloseTo(-35, 1);
    expect(levelOf(new Int16Array(160))).toBe(-96);
  });
});

describe('VoiceActivity', () => {
  it('hears a voice, also through its pauses between words', () => {
    const activity = new VoiceActivity();
    const heard = frames(voice(80_000)).map((frame) => activity.hear(frame));
    expect(heard.slice(10).filter(Boolean).length / heard.slice(10).length).toBeGreaterThan(0.95);
  });

  it.each([-65, -50, -42, -36])('takes noise of %i dBm0 for silence', (dbm0) => {
    const activity = new VoiceActivity();
    const heard = frames(white(dbm0, 20)).map((frame) => activity.hear(frame));
    expect(heard.slice(400).some(Boolean)).toBe(false);
  });

  it('hears a steady tone for as long as it sounds', () => {
    const activity = new VoiceActivity();
    expect(frames(sine(440, -20, 8000 * 30)).filter((frame) => activity.hear(frame)).length).toBeGreaterThan(1490);
  });

  it('is silent 200 ms after a voice', () => {
    const activity = new VoiceActivity();
    for (const frame of frames(voice(16_000))) activity.hear(frame);
    const after = frames(new Int16Array(8000)).map((frame) => activity.hear(frame));
    expect(after.lastIndexOf(true)).toBeLessThanOrEqual(10);
  });

  it('does not take a click for a voice', () => {
    const activity = new VoiceActivity();
    const pcm = new Int16Array(8000);
    pcm.fill(20_000, 4000, 4020);
    expect(frames(pcm).some((frame) => activity.hear(frame))).toBe(false);
  });
});
