import { nodesOf } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { differences } from './differences.js';
import { unitFor } from './duration.js';
import { searchCatalogue } from './search.js';
import { summaryOf } from './summary.js';

describe('what changed from one document to another', () => {
  it('is told by node, in words', () => {
    const to = frontDesk(
      { type: 'configure', id: 'sales', input: { to: 'phone:orders' } },
      { type: 'wire', id: 'menu', outcome: 'no-match', target: 'bye' },
      { type: 'add-node', id: 'note', node: { type: 'log', input: { message: 'hi' } } },
      { type: 'set-hang-up-path', id: 'note' },
    );
    expect(differences(frontDesk(), to)).toEqual([
      { kind: 'changed', node: null, what: 'On hang-up: — → note' },
      { kind: 'changed', node: 'menu', what: 'no-match leads to: — → bye' },
      { kind: 'changed', node: 'sales', what: 'to: “phone:sales” → “phone:orders”' },
      { kind: 'added', node: 'note', what: 'log' },
    ]);
  });

  it('is nothing when only places changed', () => {
    expect(differences(frontDesk(), frontDesk({ type: 'move-nodes', places: { menu: { x: 9, y: 9 } } }))).toEqual([]);
  });
});

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
