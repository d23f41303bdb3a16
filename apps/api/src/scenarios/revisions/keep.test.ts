import { describe, expect, it } from 'vitest';
import { revisionsToDrop, type SavedRevision } from './keep.js';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** One revision each `every` ms, back from now, newest first. */
const saved = (count: number, every: number, by = (_: number) => 'ana'): SavedRevision[] =>
  Array.from({ length: count }, (_, index) => ({
    revision: count - index,
    savedAt: NOW - index * every,
    savedBy: by(index),
  }));
const kept = (revisions: SavedRevision[]) => {
  const dropped = new Set(revisionsToDrop(revisions, NOW));
  return revisions.filter(({ revision }) => !dropped.has(revision));
};

describe('saved revisions', () => {
  it('are all kept while they are few', () => {
    expect(revisionsToDrop(saved(30, SECOND), NOW)).toEqual([]);
  });

  it('are thinned the more the older they are, and the newest of a span stays', () => {
    const left = kept(saved(3 * 3600, SECOND));
    const inLastHour = left.filter(({ savedAt }) => NOW - savedAt < 3600 * SECOND);
    expect(inLastHour.length).toBeGreaterThanOrEqual(60 + 28);
    expect(inLastHour.length).toBeLessThanOrEqual(60 + 32);
    expect(left.length - inLastHour.length).toBeLessThanOrEqual(14);
    expect(left.some(({ savedAt }) => savedAt === NOW - 61 * SECOND)).toBe(true);
  });

  it('never become more than a few hundred, the oldest going first', () => {
    const left = kept(saved(2000, DAY));
    expect(left).toHaveLength(400);
    expect(left[0]?.revision).toBe(2000);
  });

  it('keep the last of one author before another went on', () => {
    const two = saved(200, SECOND, (index) => (index < 120 ? 'ben' : 'ana'));
    expect(kept(two).some(({ savedBy, savedAt }) => savedBy === 'ana' && savedAt === NOW - 120 * SECOND)).toBe(true);
  });
});
