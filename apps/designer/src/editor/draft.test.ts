import { nodesOf } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../testing/scenarios.js';
import { createDraft } from './draft.js';

function opened() {
  let now = 0;
  const document = frontDesk();
  const draft = createDraft({ document, past: [], future: [] }, () => now);
  return { draft, document, later: (ms: number) => (now += ms) };
}
const labelOf = ({ draft }: ReturnType<typeof opened>) => nodesOf(draft.getState().document).get('menu')?.label;

describe('a draft', () => {
  it('takes back and does again whatever was done', () => {
    const { draft, document } = opened();
    draft.getState().edit('Delete a node', [{ type: 'remove-node', id: 'menu' }]);
    const without = draft.getState().document;
    draft.getState().undo();
    expect(draft.getState().document).toBe(document);
    draft.getState().redo();
    expect(draft.getState().document).toBe(without);
  });

  it('makes one step of a word that is typed, and another one after a pause', () => {
    const open = opened();
    const type = (label: string) =>
      open.draft.getState().edit('Label a node', [{ type: 'set-label', id: 'menu', label }], 'label:menu');
    type('M');
    open.later(100);
    type('Ma');
    open.later(5000);
    type('Main');
    open.draft.getState().undo();
    expect(labelOf(open)).toBe('Ma');
    open.draft.getState().undo();
    expect(labelOf(open)).toBeNull();
  });

  it('forgets what was taken back when something else is done', () => {
    const { draft } = opened();
    draft.getState().edit('Start', [{ type: 'set-initial', id: 'menu' }]);
    draft.getState().undo();
    draft.getState().edit('Start', [{ type: 'set-initial', id: 'bye' }]);
    expect(draft.getState().future).toEqual([]);
  });

  it('can take back a whole other document', () => {
    const { draft, document } = opened();
    draft.getState().replace('Restore version 1', frontDesk({ type: 'remove-node', id: 'sales' }));
    draft.getState().undo();
    expect(draft.getState().document).toBe(document);
  });

  it('does nothing when there is nothing to take back', () => {
    const { draft, document } = opened();
    draft.getState().undo();
    draft.getState().redo();
    expect(draft.getState().document).toBe(document);
  });
});
