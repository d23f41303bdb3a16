import { expect, it } from 'vitest';
import { TokenBuckets } from './token-buckets.js';

it('gives a burst at once and then so many a second, to each source its own', () => {
  const buckets = new TokenBuckets({ perSecond: 2, burst: 3 });
  const take = (source: string, now: number) => buckets.take(source, now);
  expect([take('a', 0), take('a', 0), take('a', 0), take('a', 0)]).toEqual([true, true, true, false]);
  expect(take('b', 0)).toBe(true);
  expect([take('a', 499), take('a', 500), take('a', 501)]).toEqual([false, true, false]);
  expect(buckets.has('a', 501)).toBe(false);
  expect(buckets.has('a', 2000)).toBe(true);
});

it('remembers a bounded number of sources', () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1, sources: 2 });
  for (const source of ['a', 'b', 'c']) buckets.take(source, 0);
  expect(buckets.take('b', 0)).toBe(false);
  expect(buckets.take('a', 0)).toBe(true);
});
