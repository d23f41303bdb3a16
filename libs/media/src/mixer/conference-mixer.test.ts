import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../audio.js';
import { ConferenceMixer, mixInto } from './conference-mixer.js';

const frame = (value: number) => new Int16Array(FRAME_SAMPLES).fill(value);

describe('ConferenceMixer', () => {
  it('lets everybody hear all others and never themselves', () => {
    const mixer = new ConferenceMixer();
    const [ann, ben, eve] = [frame(100), frame(20), frame(3)];
    mixer.begin();
    for (const one of [ann, ben, eve]) mixer.add(one);
    const heard = frame(0);
    expect(mixer.mixFor(ann, heard) && heard[0]).toBe(23);
    expect(mixer.mixFor(ben, heard) && heard[159]).toBe(103);
    expect(mixer.mixFor(null, heard) && heard[80]).toBe(123);
  });

  it('gives nothing to who is alone', () => {
    const mixer = new ConferenceMixer();
    const ann = frame(100);
    mixer.begin();
    mixer.add(ann);
    expect(mixer.mixFor(ann, frame(0))).toBe(false);
    mixer.begin();
    expect(mixer.mixFor(null, frame(0))).toBe(false);
  });

  it('is flat where it is too loud, and takes away what was really added', () => {
    const mixer = new ConferenceMixer();
    const loud = frame(30_000);
    mixer.begin();
    for (let n = 0; n < 3; n++) mixer.add(loud);
    const heard = frame(0);
    mixer.mixFor(null, heard);
    expect(heard[0]).toBe(32_767);
    mixer.mixFor(loud, heard);
    expect(heard[0]).toBe(32_767);
    const low = frame(-30_000);
    mixInto(low, low.slice());
    expect(low[0]).toBe(-32_768);
  });
});
