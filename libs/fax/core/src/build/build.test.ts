import { describe, expect, it } from 'vitest';
import { pixelsFromTop, withPageNumbers } from './build.js';

describe('where a text stands', () => {
  it('is told in inches, mm or lines', () => {
    expect(pixelsFromTop({ fromTop: 1, unit: 'inches' }, 196)).toBe(196);
    expect(pixelsFromTop({ fromTop: 25.4, unit: 'mm' }, 196)).toBe(196);
    expect(pixelsFromTop({ fromTop: 6, unit: 'lines' }, 98)).toBe(98);
  });
});

describe('page numbers', () => {
  it('are filled in wherever they are asked for', () => {
    expect(withPageNumbers('{page}/{pages} {page}', 2, 5)).toBe('2/5 2');
  });
});
