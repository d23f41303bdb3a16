import { describe, expect, it } from 'vitest';
import { peaksOf } from './peaks.js';

describe('the picture of a recording', () => {
  it('shows the loudest moment of each part, the loudest of all at full height', () => {
    expect(peaksOf(Float32Array.of(0.1, -0.5, 0, 0.25, 0, 0), 3)).toEqual([1, 0.5, 0]);
  });
  it('is flat where nothing is heard, and where there is nothing', () => {
    expect(peaksOf(new Float32Array(10), 2)).toEqual([0, 0]);
    expect(peaksOf(new Float32Array(0), 2)).toEqual([0, 0]);
  });
  it('has every bar for a recording shorter than its bars', () => {
    const peaks = peaksOf(Float32Array.of(0.5, 1), 8);
    expect(peaks).toHaveLength(8);
    expect(Math.max(...peaks)).toBe(1);
  });
});
