import { VirtualClock } from '@callwright/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config/config.js';
import { Admission } from './admission.js';

let clock: VirtualClock;
let admission: Admission;

beforeEach(() => {
  clock = new VirtualClock(1_000_000);
  const limits = { MAX_CALLS: '10', MAX_CALLS_PER_SECOND: '3', MAX_LOOP_LAG_MS: '100', MAX_MEMORY_MB: '1000' };
  admission = new Admission(readConfig(limits), clock);
});

describe('one more call (F2)', () => {
  it('is taken while there is room', () => {
    expect(admission.take(9)).toEqual({ admitted: true });
    expect(admission.reasons(9)).toEqual([]);
  });

  it('is refused when as many run as may, with a time to stay away that differs', () => {
    const waits = Array.from({ length: 50 }, () => admission.take(10)).map((verdict) =>
      verdict.admitted ? 0 : verdict.retryAfterS,
    );
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2);
    expect(new Set(waits).size).toBeGreaterThan(3);
  });

  it('is refused when too many came within a second, and taken in the next', () => {
    for (let n = 0; n < 3; n++) expect(admission.take(0).admitted).toBe(true);
    clock.advance(999);
    expect(admission.take(0).admitted).toBe(false);
    clock.advance(2);
    expect(admission.take(0).admitted).toBe(true);
  });

  it.each([
    ['the event loop is late', { loopLagMs: 101, memoryMb: 0 }, /late/],
    ['memory is short', { loopLagMs: 0, memoryMb: 1001 }, /MiB/],
  ])('is refused while %s', (_, load, words) => {
    admission.observe(load);
    expect(admission.take(0).admitted).toBe(false);
    expect(admission.reasons(0)).toEqual([expect.stringMatching(words)]);
    admission.observe({ loopLagMs: 0, memoryMb: 0 });
    expect(admission.take(0).admitted).toBe(true);
  });

  it('is refused once the process is stopping', () => {
    admission.drain();
    expect(admission.take(0).admitted).toBe(false);
  });
});
