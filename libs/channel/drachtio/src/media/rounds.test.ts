import { describe, expect, it } from 'vitest';
import { durationMs, joined, roundsOf } from './rounds.js';

const sound = (key: string, ms: number, endless = false) => ({ key, pcm: new Int16Array(ms * 8).fill(ms), endless });
const heardMs = (rounds: ReturnType<typeof roundsOf>) =>
  rounds.reduce((sum, { parts, times }) => sum + durationMs(parts) * times, 0);

describe('rounds of a prompt', () => {
  it('is one file when it is played a few times', () => {
    const rounds = roundsOf([sound('a', 300), sound('b', 200)], 3);
    expect(rounds.map(({ times }) => times)).toEqual([1]);
    expect(heardMs(rounds)).toBe(1_500);
    expect(joined(rounds[0]!.parts).length).toBe(1_500 * 8);
  });

  it('repeats a file when it is played often, and has nothing left over or missing', () => {
    const rounds = roundsOf([sound('a', 700)], 1_000);
    expect(heardMs(rounds)).toBe(700_000);
    expect(Math.max(...rounds.map(({ parts }) => durationMs(parts)))).toBeLessThan(61_000);
  });

  it('goes on for ever when it is to, from files that are long', () => {
    const rounds = roundsOf([sound('a', 100)], 0);
    expect(rounds.map(({ times }) => times)).toEqual([Infinity]);
    expect(durationMs(rounds[0]!.parts)).toBeGreaterThanOrEqual(60_000);
  });

  it('says what is before an endless tone once, and nothing after it', () => {
    const rounds = roundsOf([sound('a', 500), sound('busy', 1_000, true), sound('never', 100)], 0);
    expect(rounds.map(({ times }) => times)).toEqual([1, Infinity]);
    expect(rounds[0]!.parts[0]!.length).toBe(500 * 8);
    expect(rounds[1]!.key).not.toContain('a');
    expect(rounds.some(({ key }) => key.includes('never'))).toBe(false);
  });

  it('takes a long prompt as it is', () => {
    expect(roundsOf([sound('a', 90_000)], 2)).toMatchObject([{ times: 2 }]);
    expect(roundsOf([sound('a', 90_000)], 0)).toMatchObject([{ times: Infinity }]);
  });
});
