import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  collapseToSubflow,
  inlineSubflow,
  isError,
  nodesOf,
  outcomesOfScenario,
  validateScenario,
  variablesOf,
  type ScenarioDocument,
} from '../index.js';
import { catalogue } from '../testing/catalogue.js';
import { frontDesk, node, scenario } from '../testing/documents.js';

const wires = (document: ScenarioDocument, id: string) =>
  Object.fromEntries((nodesOf(document).get(id)?.wires ?? []).map((one) => [one.outcome, one.target]));
const collapse = (document: ScenarioDocument, ...ids: string[]) => {
  const made = collapseToSubflow(document, new Set(ids), { id: 'part', name: 'Part', catalogue });
  return { ...made, document: applyEdits(document, made.edits).document };
};
const errors = (document: ScenarioDocument, subflow: ScenarioDocument) => [
  ...validateScenario(document, catalogue, { outcomesOfScenario: () => outcomesOfScenario(subflow) }).filter(isError),
  ...validateScenario(subflow, catalogue).filter(isError),
];

const order = () =>
  scenario(
    {
      answer: node('answer', {}, { answered: 'count' }),
      count: node('set-variables', { assign: { tries: '{{ vars.tries + 1 }}' } }, { done: 'ask' }),
      ask: node(
        'menu',
        { prompt: [{ say: 'Hello {{ params.name }}, {{ vars.greeting }}.' }], keys: { '1': 'yes', '2': 'no' } },
        { yes: 'thanks', no: 'enough', 'no-input': 'count' },
      ),
      enough: node(
        'branch',
        { cases: [{ when: 'vars.tries > 2', outcome: 'enough' }] },
        { enough: 'bye', otherwise: 'count' },
      ),
      thanks: node('say', { prompt: [{ say: 'You pressed {{ steps.ask.digits }}.' }] }, { done: 'bye' }),
      bye: node('hang-up'),
    },
    { meta: { format: 1, name: 'Order', variables: { tries: 0, greeting: 'good day' } } },
  );

describe('collapsing nodes into a subflow', () => {
  it('gives a scenario that begins where calls came in, and returns where they went out', () => {
    const { document, subflow, node: made } = collapse(order(), 'count', 'ask', 'enough');
    expect(subflow.initial).toBe('count');
    expect(wires(document, 'answer')).toEqual({ answered: made });
    expect(wires(document, made)).toEqual({ thanks: 'thanks', bye: 'bye' });
    expect(outcomesOfScenario(subflow)).toEqual(['thanks', 'bye', 'done']);
    expect(wires(subflow, 'ask')).toMatchObject({ yes: 'to_thanks', no: 'enough', 'no-input': 'count' });
    expect(errors(document, subflow)).toEqual([]);
  });

  it('hands over what the part reads, and back what the rest reads of it', () => {
    const { document, subflow, node: made } = collapse(order(), 'count', 'ask', 'enough');
    expect(nodesOf(document).get(made)?.input).toEqual({
      scenario: 'part',
      inputs: { name: '{{ params.name }}', greeting: '{{ vars.greeting }}' },
    });
    expect(nodesOf(subflow).get('ask')?.input['prompt']).toEqual([
      { say: 'Hello {{ params.name }}, {{ params.greeting }}.' },
    ]);
    expect(nodesOf(subflow).get('to_thanks')?.input).toEqual({
      outcome: 'thanks',
      outputs: { ask: '{{ steps.ask }}' },
    });
    expect(nodesOf(document).get('thanks')?.input['prompt']).toEqual([
      { say: `You pressed {{ steps.${made}.ask.digits }}.` },
    ]);
  });

  it('takes along the call data that only the part changes', () => {
    const { document, subflow } = collapse(order(), 'count', 'ask', 'enough');
    expect(variablesOf(subflow)).toEqual({ tries: 0 });
    expect(variablesOf(document)).toEqual({ greeting: 'good day' });
  });

  it('may hold the start', () => {
    const { document, node: made } = collapse(order(), 'answer', 'count', 'ask', 'enough');
    expect(document.initial).toBe(made);
  });

  it.each([
    ['two ways in', order(), ['ask', 'count', 'bye'], /count, bye/],
    ['call data that the rest reads', order(), ['count'], /vars\.tries/],
    ['nothing', order(), ['nobody'], /no node/],
  ])('refuses %s, and says why', (_what, document, ids, message) => {
    expect(() => collapse(document, ...ids)).toThrow(message);
  });
});

describe('putting a subflow back into the drawing', () => {
  const back = (document: ScenarioDocument, id: string, subflow: ScenarioDocument) =>
    applyEdits(document, inlineSubflow(document, id, subflow, catalogue)).document;

  it('gives what was collapsed', () => {
    const before = order();
    const { document, subflow, node: made } = collapse(before, 'count', 'ask', 'enough');
    const after = back(document, made, subflow);
    for (const id of Object.keys(before.states)) {
      expect(wires(after, id)).toEqual(wires(before, id));
      expect(nodesOf(after).get(id)?.input).toEqual(nodesOf(before).get(id)?.input);
    }
    expect(variablesOf(after)).toEqual({ greeting: 'good day', tries: 0 });
    expect(after.initial).toBe('answer');
  });

  it('gives ids that are taken a number, and lets expressions follow', () => {
    const { document, subflow, node: made } = collapse(order(), 'count', 'ask', 'enough');
    const crowded = applyEdits(document, [
      { type: 'add-node', id: 'ask', node: { type: 'wait', input: { durationMs: 1 } } },
    ]);
    const after = back(crowded.document, made, subflow);
    expect(wires(after, 'count')).toEqual({ done: 'ask_2' });
    expect(nodesOf(after).get('thanks')?.input['prompt']).toEqual([{ say: 'You pressed {{ steps.ask_2.digits }}.' }]);
  });

  it('leads what ended the subflow to where its “done” led', () => {
    const subflow = scenario({ greet: node('say', { prompt: [{ say: 'Hello {{ params.who }}.' }] }) });
    const document = scenario({
      answer: node('answer', {}, { answered: 'part' }),
      part: node('subflow', { scenario: 'test', inputs: { who: 'Ann {{ vars.x }}' } }, { done: 'bye' }),
      bye: node('hang-up'),
    });
    const after = back(document, 'part', subflow);
    expect(wires(after, 'greet')).toEqual({ done: 'bye' });
    expect(nodesOf(after).get('greet')?.input['prompt']).toEqual([{ say: 'Hello {{ ("Ann " & vars.x) }}.' }]);
  });

  it('refuses a subflow with a hang-up path', () => {
    const document = scenario({ part: node('subflow', { scenario: 'front-desk' }) });
    expect(() => inlineSubflow(document, 'part', frontDesk(), catalogue)).toThrow(/hang-up path/);
  });
});
