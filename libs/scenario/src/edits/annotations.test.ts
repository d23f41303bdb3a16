import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import {
  applyEdit,
  applyEdits,
  groupsOf,
  notesOf,
  validateScenario,
  writeScenario,
  type Edit,
  type Note,
  type ScenarioDocument,
} from '../index.js';
import { catalogue } from '../testing/catalogue.js';
import { frontDesk } from '../testing/documents.js';

const note: Note = { x: 10, y: 20, width: 200, height: 120, color: 'yellow', text: 'Ask **Ann** first.' };
const after = (edits: readonly Edit[], document: ScenarioDocument = frontDesk()): ScenarioDocument => {
  const { document: edited, inverse } = applyEdits(document, edits);
  expect(writeScenario(applyEdit(edited, inverse).document)).toBe(writeScenario(document));
  return edited;
};
const group = (...nodes: string[]): Edit => ({
  type: 'set-group',
  id: 'desk',
  group: { title: 'Desk', color: 'blue', nodes },
});

describe('a note', () => {
  it('comes, changes and goes', () => {
    const with_ = after([{ type: 'set-note', id: 'hint', note }]);
    expect(notesOf(with_).get('hint')).toEqual(note);
    expect(notesOf(after([{ type: 'set-note', id: 'hint', note: { ...note, x: 0 } }], with_)).get('hint')?.x).toBe(0);
    expect(after([{ type: 'set-note', id: 'hint', note: null }], with_).meta).toEqual(frontDesk().meta);
  });

  it('that is none is refused', () => {
    expect(() => after([{ type: 'set-note', id: 'hint', note: { ...note, width: 1 } }])).toThrow('not a note');
    expect(() => after([{ type: 'set-note', id: 'No Id', note }])).toThrow('id');
  });
});

describe('a group', () => {
  it('loses a node that is removed, follows one that is renamed, and goes with the last', () => {
    const grouped = after([group('menu', 'sales')]);
    expect(groupsOf(after([{ type: 'rename-node', id: 'menu', to: 'choice' }], grouped)).get('desk')?.nodes).toEqual([
      'choice',
      'sales',
    ]);
    const left = after([{ type: 'remove-node', id: 'menu' }], grouped);
    expect(groupsOf(left).get('desk')?.nodes).toEqual(['sales']);
    expect(groupsOf(after([{ type: 'remove-node', id: 'sales' }], left)).size).toBe(0);
  });

  it('takes its nodes out of the group that they were in', () => {
    const edited = after([
      group('menu', 'sales'),
      { type: 'set-group', id: 'other', group: { title: 'Other', color: 'red', nodes: ['sales', 'bye'] } },
    ]);
    expect(groupsOf(edited).get('desk')?.nodes).toEqual(['menu']);
  });

  it('of nodes that do not exist is refused, and found in a document from elsewhere', () => {
    expect(() => after([group('nobody')])).toThrow('no node');
    const document = {
      ...frontDesk(),
      meta: {
        format: 1,
        groups: {
          a: { title: '', color: 'red', nodes: ['nobody', 'bye'] },
          b: { title: '', color: 'red', nodes: ['bye'] },
        },
      },
    };
    expect(validateScenario(document, catalogue).map(({ code }) => code)).toEqual(
      expect.arrayContaining(['scenario.bad-group', 'scenario.bad-group']),
    );
  });
});

it('what is pasted brings its notes and groups along, under ids of their own', () => {
  const document = after([group('menu', 'sales'), { type: 'set-note', id: 'hint', note }]);
  const { menu, sales } = document.states;
  const pasted = after(
    [
      {
        type: 'paste',
        states: { menu: menu!, sales: sales! },
        notes: { hint: note },
        groups: { desk: { title: 'Desk', color: 'blue', nodes: ['menu', 'sales'] } },
        by: { x: 5, y: 5 },
      },
    ],
    document,
  );
  expect(groupsOf(pasted).get('desk_2')?.nodes).toEqual(['menu_2', 'sales_2']);
  expect(groupsOf(pasted).get('desk')?.nodes).toEqual(['menu', 'sales']);
  expect(notesOf(pasted).get('hint_2')).toEqual({ ...note, x: 15, y: 25 });
});

it('is nothing to stock XState, and is written in one order', () => {
  const document = after([
    group('menu'),
    { type: 'set-note', id: 'hint', note: { text: 'x', color: 'red', height: 90, width: 90, y: 1, x: 2 } },
  ]);
  expect(createMachine(document as never).id).toBe('front-desk');
  expect(writeScenario(document)).toContain('"hint": {\n        "x": 2,\n        "y": 1,');
});
