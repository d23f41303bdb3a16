import { describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { find, nodesByName } from './find.js';

const document = frontDesk(
  { type: 'set-label', id: 'sales', label: 'Ring the sales team' },
  { type: 'set-variables', variables: { team: 'blue' } },
  {
    type: 'set-note',
    id: 'a',
    note: { x: 0, y: 0, width: 200, height: 90, color: 'yellow', text: 'Ask the team of Ann' },
  },
  { type: 'set-group', id: 'g', group: { title: 'Team', color: 'blue', nodes: ['menu'] } },
);
const told = (query: string) => find(document, query).map(({ select, where }) => `${select} ${where}`);

describe('looking for a text', () => {
  it.each([
    ['FOR SALES', ['menu prompt 1 say']],
    ['phone:', ['sales to']],
    ['team', ['sales label', 'note:a note', 'group:g group', 'null variables']],
    ['no-input', ['menu outcome']],
    ['hang', ['bye type']],
    ['xyzzy', []],
    ['  ', []],
  ])('%j is found in %j', (query, places) => expect(told(query)).toEqual(places));

  it('says where in the text it is', () => {
    expect(find(document, 'press 1')[0]).toMatchObject({ text: 'For sales press 1.', at: 10, title: 'menu' });
  });
});

describe('looking for a node', () => {
  it('takes names that begin so first, then letters in their order', () => {
    expect(nodesByName(document, 'me').map(({ id }) => id)).toEqual(['menu']);
    expect(nodesByName(document, 'rst').map(({ id }) => id)).toEqual(['sales']);
    expect(nodesByName(document, '')).toHaveLength(4);
  });
});
