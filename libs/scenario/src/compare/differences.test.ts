import { describe, expect, it } from 'vitest';
import { applyEdits, differencesOf, thatMatter, type Edit, type ScenarioDocument } from '../index.js';
import { frontDesk } from '../testing/documents.js';

const changesOf = (...edits: Edit[]) => {
  const before = frontDesk();
  return differencesOf(before, applyEdits(before, edits).document);
};

describe('what changed from one document to another', () => {
  it('is nothing when nothing did', () => {
    expect(differencesOf(frontDesk(), frontDesk())).toEqual([]);
  });

  it('names a setting down to the item of a list', () => {
    const input = {
      prompt: [{ say: 'For sales press 1, for support press 3.' }],
      keys: { '1': 'sales', '3': 'support' },
      attempts: 3,
    };
    expect(changesOf({ type: 'configure', id: 'menu', input })).toEqual([
      {
        kind: 'changed',
        node: 'menu',
        aspect: 'setting',
        path: ['prompt', '0', 'say'],
        before: 'For sales press 1, for support press 2.',
        after: 'For sales press 1, for support press 3.',
      },
      { kind: 'removed', node: 'menu', aspect: 'setting', path: ['keys', '2'], before: 'support', after: undefined },
      { kind: 'added', node: 'menu', aspect: 'setting', path: ['keys', '3'], before: undefined, after: 'support' },
    ]);
  });

  it('names wires by their outcome and where they lead', () => {
    expect(
      changesOf(
        { type: 'wire', id: 'menu', outcome: 'sales', target: 'bye' },
        { type: 'unwire', id: 'menu', outcome: 'no-input' },
        { type: 'wire', id: 'menu', outcome: 'no-match', target: 'bye' },
      ),
    ).toEqual([
      { kind: 'changed', node: 'menu', aspect: 'wire', path: ['sales'], before: 'sales', after: 'bye' },
      { kind: 'removed', node: 'menu', aspect: 'wire', path: ['no-input'], before: 'bye', after: undefined },
      { kind: 'added', node: 'menu', aspect: 'wire', path: ['no-match'], before: undefined, after: 'bye' },
    ]);
  });

  it('names nodes, labels, types and the scenario’s own parts', () => {
    const found = changesOf(
      { type: 'add-node', id: 'extra', node: { type: 'wait' } },
      { type: 'remove-node', id: 'sales' },
      { type: 'set-label', id: 'answer', label: 'Hello' },
      { type: 'rename-scenario', name: 'Night desk' },
      { type: 'set-variables', variables: { tries: 1, more: true } },
      { type: 'set-initial', id: 'menu' },
      { type: 'set-error-path', id: 'bye' },
      { type: 'set-hang-up-path', id: null },
    );
    expect(found.map(({ kind, node, aspect, path }) => [kind, node, aspect, ...path].join(' '))).toEqual([
      'changed  name',
      'changed  variable tries',
      'added  variable more',
      'changed  start',
      'removed  hang-up',
      'added  error',
      'changed answer label',
      'removed menu wire sales',
      'removed sales node',
      'added extra node',
    ]);
  });

  it('tells that a node was moved, which no caller notices', () => {
    const found = changesOf({ type: 'move-nodes', places: { answer: { x: 500, y: 0 } } });
    expect(found).toMatchObject([{ aspect: 'place', node: 'answer', before: { x: 0, y: 0 }, after: { x: 500, y: 0 } }]);
    expect(thatMatter(found)).toEqual([]);
  });

  it('does not mind the order of keys', () => {
    const before = frontDesk();
    const states = Object.fromEntries(Object.entries(before.states).reverse());
    expect(differencesOf(before, { ...before, states } as ScenarioDocument)).toEqual([]);
  });
});
