import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Ticker, type Turn } from './ticker.js';

describe('Ticker', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => vi.useRealTimers());

  function started() {
    const turns: (Turn & { readonly at: number })[] = [];
    const ticker = new Ticker((turn) => turns.push({ ...turn, at: performance.now() }));
    ticker.start();
    const start = performance.now();
    return { ticker, turns, since: () => performance.now() - start };
  }

  it('serves the four quarters in turn, every 5 ms, without drifting', () => {
    const { ticker, turns } = started();
    vi.advanceTimersByTime(10_000);
    expect(Math.abs(turns.length - 2000)).toBeLessThanOrEqual(1);
    expect(turns.slice(0, 8).map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect(ticker.lateness.p99).toBeLessThan(1.1);
    ticker.stop();
  });

  it('counts a hold-up once, however many turns it delays', () => {
    const { ticker } = started();
    vi.advanceTimersByTime(2_000);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 190);
    vi.advanceTimersToNextTimer();
    expect(ticker.lateness.p99).toBeLessThan(10);
    ticker.stop();
    vi.restoreAllMocks();
  });

  it('makes up for a short hold-up and leaves whole turns out after a long one', () => {
    const { ticker, turns } = started();
    vi.advanceTimersByTime(100);
    const before = turns.length;
    // The thread was held up: time passed, no timer ran.
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 150);
    vi.advanceTimersToNextTimer();
    const caughtUp = turns.slice(before);
    expect(caughtUp.length).toBeGreaterThanOrEqual(30);
    expect(caughtUp.every(({ skipped }) => skipped === 0)).toBe(true);

    vi.spyOn(performance, 'now').mockImplementation(() => now + 150 + 1000);
    vi.advanceTimersToNextTimer();
    const after = turns.slice(before + caughtUp.length);
    expect(after.reduce((sum, { skipped }) => sum + skipped, 0)).toBeGreaterThanOrEqual(49);
    expect(after.length).toBeLessThanOrEqual(5);
    // The order of the quarters goes on.
    const slots = turns.map(({ slot }) => slot);
    slots.slice(1).forEach((slot, n) => expect(slot).toBe((slots[n]! + 1) % 4));
    ticker.stop();
    vi.restoreAllMocks();
  });
});
