import { nodesOf } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { unitFor } from './duration.js';
import { searchCatalogue } from './search.js';
import { summaryOf } from './summary.js';

describe('the line on a node', () => {
  it('says what it does here', () => {
    const nodes = nodesOf(frontDesk());
    expect(summaryOf(nodes.get('menu')!)).toBe('“For sales press 1.”');
    expect(summaryOf(nodes.get('sales')!)).toBe('phone:sales');
    expect(summaryOf(nodes.get('bye')!)).toBeNull();
  });
});

describe('searching the palette', () => {
  it('finds by title first, then by what a node does', () => {
    expect(searchCatalogue('men')[0]?.type).toBe('menu');
    expect(searchCatalogue('http').map(({ type }) => type)).toContain('http-request');
    expect(searchCatalogue('xyzzy')).toEqual([]);
  });
});

describe('the unit of a duration', () => {
  it.each([
    [250, 'ms'],
    [5000, 's'],
    [1500, 's'],
    [90_000, 's'],
    [120_000, 'min'],
    [7_200_000, 'h'],
  ])('%i ms are told in %s', (ms, unit) => expect(unitFor(ms)).toBe(unit));
});
