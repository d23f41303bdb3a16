import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Admission, ADMISSION_LIMITS } from './admission.js';
import type { Logger } from './logger.js';
import { FakeMedia } from './testing/fake-media.js';

const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
/** Four looks in a row, half a second apart. */
const LONG_ENOUGH_MS = 2000;

let media: FakeMedia;
let admission: Admission;

const begin = (limits: Partial<typeof ADMISSION_LIMITS> = {}) => {
  media = new FakeMedia();
  // However busy the machine that tests: what is not asked about is no limit.
  const unlimited = { loopDelayMs: Infinity, mediaLateMs: Infinity, memoryBytes: Infinity };
  admission = new Admission(media, quiet, { ...unlimited, ...limits });
  admission.start();
};

afterEach(() => admission.stop());

describe('admission (gate F2)', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => vi.useRealTimers());

  it('takes nothing before it has started, nor while calls are drained', () => {
    media = new FakeMedia();
    admission = new Admission(media, quiet);
    expect(admission.reasons).toEqual(['the telephony has not started']);
    begin();
    expect(admission.refusesFor()).toBeNull();
    admission.drain();
    expect(admission.reasons).toEqual(['calls are being drained']);
  });

  it('keeps a port for the second leg', () => {
    begin();
    media.freePorts = 2;
    expect(admission.refusesFor()).toBeNull();
    media.freePorts = 1;
    expect(admission.reasons).toEqual(['no RTP ports are free']);
  });

  it('asks callers to come back after 5 to 15 s, not all at once', () => {
    begin();
    admission.drain();
    const seconds = Array.from({ length: 200 }, () => admission.refusesFor() ?? 0);
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(15);
    expect(new Set(seconds).size).toBeGreaterThan(5);
  });

  it('refuses when the media workers have been late for 2 s, and takes calls again at once when they are not', () => {
    begin({ mediaLateMs: ADMISSION_LIMITS.mediaLateMs });
    media.tickLateP99Ms = ADMISSION_LIMITS.mediaLateMs + 1;
    vi.advanceTimersByTime(LONG_ENOUGH_MS - 1);
    expect(admission.reasons).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(admission.reasons).toEqual(['the media workers are busy']);
    media.tickLateP99Ms = 0;
    vi.advanceTimersByTime(500);
    expect(admission.reasons).toEqual([]);
  });

  it('refuses when memory is short', () => {
    begin({ memoryBytes: 1 });
    vi.advanceTimersByTime(LONG_ENOUGH_MS);
    expect(admission.reasons).toEqual(['memory is short']);
  });
});

describe('admission in a process that computes', () => {
  it('refuses after 2 s in which the event loop hardly turned', { timeout: 30_000 }, async () => {
    begin({ loopDelayMs: ADMISSION_LIMITS.loopDelayMs });
    expect(admission.reasons).toEqual([]);
    const end = performance.now() + 10_000;
    while (admission.reasons.length === 0 && performance.now() < end) {
      const stop = performance.now() + 600;
      while (performance.now() < stop);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(admission.reasons).toEqual(['the process is busy']);
    // And when it turns again, which on a machine with other work may take a while.
    await vi.waitFor(() => expect(admission.reasons).toEqual([]), { timeout: 15_000, interval: 100 });
  });
});
