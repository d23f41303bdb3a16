import { nodesOf, validateScenario } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../testing/scenarios.js';
import { createDraft } from './draft.js';
import { Editor } from './Editor.js';
import { clipText, parseClip } from './model/clip.js';
import { nodeCatalogue } from './model/catalogue.js';

function opened(mayEdit = true) {
  const draft = createDraft({ document: frontDesk(), past: [], future: [] });
  const editor = new Editor(draft, mayEdit);
  const wiresOf = (id: string) =>
    Object.fromEntries(
      nodesOf(draft.getState().document)
        .get(id)
        ?.wires.map(({ outcome, target }) => [outcome, target]) ?? [],
    );
  return { draft, editor, wiresOf };
}

describe('adding a node', () => {
  it('on a wire puts it in between', () => {
    const { editor, wiresOf } = opened();
    const id = editor.add('say', { x: 500, y: 0 }, { into: 'menu:sales' });
    expect(wiresOf('menu')).toMatchObject({ sales: id });
    expect(wiresOf(id)).toEqual({ done: 'sales' });
  });

  it('on a wire makes room for it', () => {
    const { draft, editor } = opened();
    const id = editor.add('say', { x: 500, y: 0 }, { into: 'menu:sales' });
    const x = (node: string) => nodesOf(draft.getState().document).get(node)!.canvas!.x;
    const order = ['menu', id, 'sales', 'bye'].map(x);
    for (const [left, right] of order.slice(1).map((place, index) => [order[index]!, place]))
      expect(right! - left!).toBeGreaterThan(236);
  });

  it('behind the selected node takes its first open outcome', () => {
    const { editor, wiresOf } = opened();
    editor.select(['menu']);
    const id = editor.addBehindSelection('log');
    expect(wiresOf('menu')).toMatchObject({ 'no-match': id });
  });

  it('selects it and is one step of undo', () => {
    const { draft, editor } = opened();
    const before = draft.getState().document;
    const id = editor.add('wait', { x: 3, y: 7 });
    expect([...editor.selection()]).toEqual([id]);
    draft.getState().undo();
    expect(draft.getState().document).toBe(before);
  });

  it('gives a document that starts somewhere', () => {
    const { draft, editor } = opened();
    editor.selectAll();
    editor.removeSelection();
    editor.add('answer', { x: 0, y: 0 });
    expect(validateScenario(draft.getState().document, nodeCatalogue).map(({ code }) => code)).not.toContain(
      'scenario.missing-initial',
    );
  });
});

describe('changing a setting', () => {
  it('takes the wire of a renamed outcome along', () => {
    const { editor, wiresOf } = opened();
    editor.configure('menu', { keys: { '1': 'orders' } }, 'keys');
    expect(wiresOf('menu')).toEqual({ orders: 'sales', 'no-input': 'bye' });
  });
});

describe('the clipboard', () => {
  it('keeps wires among the copied nodes and gives fresh ids', () => {
    const { editor, wiresOf } = opened();
    editor.select(['menu', 'sales']);
    editor.paste(parseClip(clipText(editor.copy()!))!);
    expect([...editor.selection()].sort()).toEqual(['menu_2', 'sales_2']);
    expect(wiresOf('menu_2')).toEqual({ sales: 'sales_2' });
  });

  it('does not hide a second paste under the first', () => {
    const { draft, editor } = opened();
    editor.select(['sales']);
    const clip = editor.copy()!;
    editor.paste(clip);
    editor.paste(clip);
    const places = [...nodesOf(draft.getState().document).values()].map(({ canvas }) => JSON.stringify(canvas));
    expect(new Set(places).size).toBe(places.length);
  });

  it.each(['', 'Hello', '{"callwright":"nodes"}', '{"callwright":"nodes","states":{"Bad Id":{}}}', '"callwright"{'])(
    'takes %j for something else',
    (text) => {
      expect(parseClip(text)).toBeNull();
    },
  );
});

describe('somebody who may only read', () => {
  it('changes nothing', () => {
    const { draft, editor } = opened(false);
    const before = draft.getState().document;
    editor.add('say', { x: 0, y: 0 });
    editor.remove(['menu']);
    editor.setInitial('bye');
    expect(draft.getState().document).toBe(before);
  });
});
