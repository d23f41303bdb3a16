import { describe, expect, it } from 'vitest';
import { filtersIn } from '../ui/useAddressFilters.js';
import { FILTERS, toQuery } from './callFilters.js';

const NOW = Date.parse('2026-03-02T10:00:30Z');

describe('a search in the address of the page', () => {
  it('becomes what the API takes', () => {
    const filters = filtersIn(FILTERS, new URLSearchParams('q=600&result=busy&period=day&variable=team=2&other=1'));
    expect(toQuery(filters, NOW)).toEqual({
      q: '600',
      cause: 'busy',
      since: '2026-03-01T10:00:00.000Z',
      variable: 'team=2',
    });
  });

  it('leaves out a variable that is still being typed, and a period that there is not', () => {
    expect(toQuery({ variable: 'team', period: 'century', result: 'going-on' }, NOW)).toEqual({ state: 'answered' });
  });
});
