import { nodesOf, type Finding } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { createFlowView, outcomesOf, renamedOutcome, type StepNode } from './flow.js';

const node = (document: ReturnType<typeof frontDesk>, id: string) => nodesOf(document).get(id)!;

describe('the drawing of a document', () => {
  it('draws a node for each node and a wire for each wired outcome', () => {
    const { nodes, edges } = createFlowView()(frontDesk(), []);
    expect(nodes.map(({ id }) => id)).toEqual(['answer', 'menu', 'sales', 'bye']);
    expect(edges.map(({ id, target }) => [id, target])).toEqual([
      ['answer:answered', 'menu'],
      ['menu:sales', 'sales'],
      ['menu:no-input', 'bye'],
    ]);
  });

  it('marks the ways in', () => {
    const document = frontDesk(
      { type: 'add-node', id: 'after', node: { type: 'log', input: { message: 'gone' } } },
      { type: 'set-hang-up-path', id: 'after' },
      { type: 'set-error-path', id: 'bye' },
    );
    const { nodes } = createFlowView()(document, []);
    const entries = Object.fromEntries((nodes as StepNode[]).map(({ id, data }) => [id, data.entries]));
    expect(entries).toMatchObject({ answer: ['start'], after: ['hang-up'], bye: ['error'], menu: [] });
  });

  it('draws an ending only where a wire leads to it', () => {
    const wired = frontDesk({ type: 'wire', id: 'menu', outcome: 'no-match', target: 'Ended' });
    expect(createFlowView()(frontDesk(), []).nodes.map(({ id }) => id)).not.toContain('Ended');
    expect(createFlowView()(wired, []).nodes.map(({ id }) => id)).toContain('Ended');
  });

  it('gives the same object for a node that did not change, so that it is not drawn again', () => {
    const view = createFlowView();
    const before = frontDesk();
    const first = view(before, []).nodes;
    const finding: Finding = { severity: 'warning', code: 'scenario.outcome-unwired', node: 'sales', message: 'busy' };
    const second = view(before, [finding]).nodes;
    expect(second.find(({ id }) => id === 'menu')).toBe(first.find(({ id }) => id === 'menu'));
    expect(second.find(({ id }) => id === 'sales')).not.toBe(first.find(({ id }) => id === 'sales'));
  });
});

describe('the outcomes of a node', () => {
  it('are those of its type for its configuration, with where they lead', () => {
    const { outcomes } = outcomesOf(node(frontDesk(), 'menu'));
    expect(outcomes.map(({ name, target }) => [name, target])).toEqual([
      ['sales', 'sales'],
      ['no-input', 'bye'],
      ['no-match', null],
    ]);
  });

  it('are known although the configuration is not finished', () => {
    const document = frontDesk({ type: 'add-node', id: 'ask', node: { type: 'transfer' } });
    expect(outcomesOf(node(document, 'ask')).outcomes.map(({ name }) => name)).toEqual([
      'returned',
      'busy',
      'no-answer',
    ]);
  });

  it('keep a wire whose outcome is gone, marked as unknown', () => {
    const document = frontDesk({ type: 'configure', id: 'menu', input: { keys: { '2': 'support' } } });
    expect(outcomesOf(node(document, 'menu')).outcomes.find(({ name }) => name === 'sales')).toMatchObject({
      target: 'sales',
      unknown: true,
    });
  });

  it('say as what an unwired outcome is given', () => {
    const document = frontDesk({
      type: 'add-node',
      id: 'hello',
      node: { type: 'say', input: { prompt: [{ say: 'Hello' }] } },
    });
    expect(outcomesOf(node(document, 'hello')).outcomes.find(({ name }) => name === 'interrupted')).toMatchObject({
      givenAs: 'done',
    });
  });

  it('of a subflow are also those that the other scenario names', () => {
    const document = frontDesk({
      type: 'add-node',
      id: 'check',
      node: { type: 'subflow', input: { scenario: 'pin' } },
    });
    const { outcomes } = outcomesOf(node(document, 'check'), (scenario) =>
      scenario === 'pin' ? ['right', 'wrong', 'done'] : null,
    );
    expect(outcomes.map(({ name }) => name)).toEqual(['right', 'wrong', 'done']);
  });

  it('are renamed when one goes and one comes', () => {
    const before = node(frontDesk(), 'menu');
    const to = (keys: Record<string, string>) =>
      renamedOutcome(before, { ...before, input: { ...before.input, keys } });
    expect(to({ '1': 'orders' })).toEqual({ from: 'sales', to: 'orders' });
    expect(to({ '1': 'sales', '2': 'support' })).toBeNull();
    expect(to({})).toBeNull();
  });
});
