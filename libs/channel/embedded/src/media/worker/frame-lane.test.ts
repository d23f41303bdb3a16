import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '@callwright/media';
import { FrameLane, LANE_BYTES } from './frame-lane.js';

const frame = (value: number) => new Int16Array(FRAME_SAMPLES).fill(value);

function lane() {
  const memory = new SharedArrayBuffer(LANE_BYTES);
  const [here, there] = [new FrameLane(memory), new FrameLane(memory)];
  const into = frame(0);
  return { push: (value: number) => here.push(frame(value)), take: () => (there.take(into) ? into[159] : null) };
}

describe('FrameLane', () => {
  it('hands frames over in order', () => {
    const { push, take } = lane();
    for (let n = 0; n < 50; n++) {
      push(n);
      expect(take()).toBe(n);
      expect(take()).toBeNull();
    }
  });

  it('lets one frame wait, and leaves out what has piled up', () => {
    const { push, take } = lane();
    push(1);
    push(2);
    expect([take(), take()]).toEqual([1, 2]);
    for (let n = 3; n < 6; n++) push(n);
    expect([take(), take()]).toEqual([5, null]);
  });

  it('loses frames that nobody takes, and goes on when somebody does', () => {
    const { push, take } = lane();
    for (let n = 0; n < 100; n++) push(n);
    expect(take()).not.toBeNull();
    push(200);
    expect(take()).toBe(200);
  });
});
