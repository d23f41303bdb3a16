import fc from 'fast-check';
import { isCallwrightError, type JsonObject } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  applyEdits,
  isError,
  nodesOf,
  validateScenario,
  writeScenario,
  type Edit,
  type ScenarioDocument,
} from '../index.js';
import { catalogue } from '../testing/catalogue.js';
import { frontDesk } from '../testing/documents.js';

const after = (edit: Edit, document: ScenarioDocument = frontDesk()): ScenarioDocument => {
  const { document: edited, inverse } = applyEdit(document, edit);
  expect(writeScenario(applyEdit(edited, inverse).document)).toBe(writeScenario(document));
  return edited;
};
const wires = (document: ScenarioDocument, id: string) =>
  Object.fromEntries((nodesOf(document).get(id)?.wires ?? []).map((one) => [one.outcome, one.target]));

describe('edits', () => {
  it('adds a node before the ending', () => {
    const edited = after({
      type: 'add-node',
      id: 'extra',
      node: { type: 'wait', input: { durationMs: 5 }, canvas: { x: 1, y: 2 }, label: 'Pause' },
    });
    expect(Object.keys(edited.states).slice(-2)).toEqual(['extra', 'Ended']);
    expect(nodesOf(edited).get('extra')).toMatchObject({
      type: 'wait',
      input: { durationMs: 5 },
      canvas: { x: 1, y: 2 },
      label: 'Pause',
      wires: [],
    });
  });

  it('removes a node with everything that led to it', () => {
    const edited = after({ type: 'remove-node', id: 'support' });
    expect(wires(edited, 'menu')).toEqual({ sales: 'sales', 'no-input': 'bye' });
    expect(after({ type: 'remove-node', id: 'after_call' }).on).toBeUndefined();
    expect(after({ type: 'remove-node', id: 'answer' }).initial).toBe('');
  });

  it('renames a node in wires, paths and expressions', () => {
    const edited = after({ type: 'rename-node', id: 'menu', to: 'main_menu' });
    expect(Object.keys(edited.states)[1]).toBe('main_menu');
    expect(wires(edited, 'answer')).toEqual({ answered: 'main_menu' });
    expect(nodesOf(edited).get('support')?.input).toEqual({
      prompt: [{ say: 'You pressed {{ steps.main_menu.digits }}.' }],
    });
    expect(after({ type: 'rename-node', id: 'after_call', to: 'later' }).on).toEqual({ 'call.ended': '.later' });
    expect(after({ type: 'rename-node', id: 'answer', to: 'pick_up' }).initial).toBe('pick_up');
    expect(validateScenario(edited, catalogue).filter(isError)).toEqual([]);
  });

  it('configures, labels, moves', () => {
    const edited = after({ type: 'configure', id: 'sales', input: { prompt: [] } });
    expect(nodesOf(edited).get('sales')?.input).toEqual({ prompt: [] });
    expect(nodesOf(after({ type: 'set-label', id: 'answer', label: null })).get('answer')?.label).toBeNull();
    expect(nodesOf(after({ type: 'set-label', id: 'bye', label: 'Bye' })).get('bye')?.label).toBe('Bye');
    expect(nodesOf(after({ type: 'move-nodes', places: { bye: { x: 9, y: 9 } } })).get('bye')?.canvas).toEqual({
      x: 9,
      y: 9,
    });
  });

  it('wires and unwires', () => {
    expect(wires(after({ type: 'wire', id: 'menu', outcome: 'no-match', target: 'bye' }), 'menu')['no-match']).toBe(
      'bye',
    );
    expect(wires(after({ type: 'wire', id: 'menu', outcome: 'sales', target: 'Ended' }), 'menu')['sales']).toBe(
      'Ended',
    );
    expect(wires(after({ type: 'unwire', id: 'menu', outcome: 'sales' }), 'menu')['sales']).toBeUndefined();
  });

  it('adds the ending with the first wire that leads to it', () => {
    const { Ended: _ended, ...states } = frontDesk().states;
    const document = { ...frontDesk(), states };
    expect(after({ type: 'wire', id: 'menu', outcome: 'no-match', target: 'Ended' }, document).states['Ended']).toEqual(
      {
        type: 'final',
      },
    );
    expect(after({ type: 'set-error-path', id: 'Ended' }, document).states['Ended']).toEqual({ type: 'final' });
  });

  it('changes the scenario itself', () => {
    expect(after({ type: 'set-initial', id: 'menu' }).initial).toBe('menu');
    expect(after({ type: 'rename-scenario', name: 'Night desk' }).meta).toMatchObject({
      name: 'Night desk',
      format: 1,
    });
    expect(after({ type: 'set-variables', variables: { a: 1 } }).meta).toMatchObject({ variables: { a: 1 } });
    expect(after({ type: 'set-error-path', id: 'bye' }).on).toEqual({
      'call.ended': '.after_call',
      'run.failed': '.bye',
    });
    expect(after({ type: 'set-hang-up-path', id: null }).on).toBeUndefined();
    expect(after({ type: 'set-scenario-id', id: 'night-desk' }).id).toBe('night-desk');
  });

  it('pastes copies under free ids, with the wires among them', () => {
    const document = frontDesk();
    const { menu, support } = document.states as Record<string, JsonObject>;
    const edited = after({ type: 'paste', states: { menu: menu!, support: support! }, by: { x: 40, y: 40 } });
    expect(wires(edited, 'menu_2')).toEqual({ support: 'support_2' });
    expect(nodesOf(edited).get('support_2')?.input).toEqual({
      prompt: [{ say: 'You pressed {{ steps.menu_2.digits }}.' }],
    });
    expect(nodesOf(edited).get('menu_2')?.canvas).toEqual({ x: 40, y: 180 });
  });

  it('pastes a node and its copy with each expression following its own', () => {
    const document = frontDesk();
    const { menu, support } = document.states as Record<string, JsonObject>;
    const edited = after({
      type: 'paste',
      states: { menu: menu!, menu_2: menu!, support: support! },
      by: { x: 0, y: 0 },
    });
    expect(Object.keys(edited.states)).toEqual(expect.arrayContaining(['menu_2', 'menu_3', 'support_2']));
    expect(nodesOf(edited).get('support_2')?.input).toEqual({
      prompt: [{ say: 'You pressed {{ steps.menu_2.digits }}.' }],
    });
  });

  it.each<[Edit, string]>([
    [{ type: 'remove-node', id: 'nobody' }, 'scenario.unknown-node'],
    [{ type: 'remove-node', id: 'constructor' }, 'scenario.unknown-node'],
    [{ type: 'add-node', id: 'menu', node: { type: 'say' } }, 'scenario.node-id-taken'],
    [{ type: 'add-node', id: 'Menu', node: { type: 'say' } }, 'scenario.bad-edit'],
    [{ type: 'rename-node', id: 'menu', to: 'bye' }, 'scenario.node-id-taken'],
    [{ type: 'wire', id: 'menu', outcome: 'x', target: 'nobody' }, 'scenario.unknown-node'],
    [{ type: 'set-scenario-id', id: 'No' }, 'scenario.bad-edit'],
  ])('refuses %j', (edit, code) => {
    try {
      applyEdit(frontDesk(), edit);
    } catch (error) {
      expect(isCallwrightError(error) && error.code).toBe(code);
      return;
    }
    throw new Error('was accepted');
  });

  it('share what they do not change', () => {
    const document = frontDesk();
    const { document: edited } = applyEdit(document, { type: 'configure', id: 'sales', input: {} });
    expect(edited.states['menu']).toBe(document.states['menu']);
  });

  it('any row of edits can be undone', () => {
    const id = fc.constantFrom('answer', 'menu', 'sales', 'support', 'bye', 'after_call', 'x', 'y');
    const edit: fc.Arbitrary<Edit> = fc.oneof(
      fc.record({ type: fc.constant('add-node' as const), id, node: fc.constant({ type: 'say' }) }),
      fc.record({ type: fc.constant('remove-node' as const), id }),
      fc.record({ type: fc.constant('rename-node' as const), id, to: id }),
      fc.record({ type: fc.constant('wire' as const), id, outcome: fc.constantFrom('done', 'sales'), target: id }),
      fc.record({ type: fc.constant('unwire' as const), id, outcome: fc.constantFrom('done', 'sales') }),
      fc.record({ type: fc.constant('set-initial' as const), id }),
      fc.record({ type: fc.constant('set-hang-up-path' as const), id: fc.option(id) }),
      fc.record({
        type: fc.constant('paste' as const),
        states: fc.constant({ menu: frontDesk().states['menu'] as JsonObject }),
        by: fc.constant({ x: 1, y: 1 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        let document = frontDesk();
        const undo: Edit[] = [];
        for (const one of edits) {
          try {
            const edited = applyEdit(document, one);
            document = edited.document;
            undo.unshift(edited.inverse);
          } catch (error) {
            if (!isCallwrightError(error)) throw error;
          }
        }
        expect(writeScenario(applyEdits(document, undo).document)).toBe(writeScenario(frontDesk()));
      }),
    );
  });
});
