import fc from 'fast-check';
import { isCallwrightError } from '@callwright/kernel';
import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  applyEdits,
  differencesOf,
  mergeScenarios,
  nodesOf,
  writeScenario,
  type Edit,
  type ScenarioDocument,
  type Side,
} from '../index.js';
import { frontDesk, node, scenario } from '../testing/documents.js';

const base = frontDesk();
const after = (...edits: Edit[]) => applyEdits(base, edits).document;
const join = (mine: ScenarioDocument, theirs: ScenarioDocument, choose: Side = 'mine') => {
  const { collisions } = mergeScenarios(base, mine, theirs);
  const choices = new Map(collisions.map(({ key }) => [key, choose]));
  return mergeScenarios(base, mine, theirs, choices);
};
const menu = (change: object) => ({ ...(nodesOf(base).get('menu')?.input ?? {}), ...change });
const wiresOf = (document: ScenarioDocument, id: string) =>
  Object.fromEntries((nodesOf(document).get(id)?.wires ?? []).map((one) => [one.outcome, one.target]));

describe('two people’s changes', () => {
  it('join where they do not meet: nodes, settings of one node, wires of one node, places', () => {
    const mine = after(
      { type: 'configure', id: 'menu', input: menu({ attempts: 5 }) },
      { type: 'wire', id: 'menu', outcome: 'sales', target: 'bye' },
      { type: 'add-node', id: 'mine', node: { type: 'wait', input: { durationMs: 1 } } },
      { type: 'move-nodes', places: { menu: { x: 80, y: 80 } } },
    );
    const theirs = after(
      { type: 'configure', id: 'menu', input: menu({ keys: { '1': 'sales', '2': 'support', '3': 'mail' } }) },
      { type: 'wire', id: 'menu', outcome: 'no-match', target: 'bye' },
      { type: 'add-node', id: 'theirs', node: { type: 'wait', input: { durationMs: 2 } } },
      { type: 'move-nodes', places: { menu: { x: 500, y: 80 } } },
      { type: 'rename-scenario', name: 'Their desk' },
    );
    const { document, collisions } = join(mine, theirs);
    expect(collisions).toEqual([]);
    expect(nodesOf(document).get('menu')).toMatchObject({
      input: { attempts: 5, keys: { '1': 'sales', '2': 'support', '3': 'mail' } },
      canvas: { x: 80, y: 80 },
    });
    expect(wiresOf(document, 'menu')).toEqual({
      sales: 'bye',
      support: 'support',
      'no-input': 'bye',
      'no-match': 'bye',
    });
    expect([...nodesOf(document).keys()]).toEqual(expect.arrayContaining(['mine', 'theirs']));
    expect(document.meta).toMatchObject({ name: 'Their desk' });
  });

  it('collide in one setting, and only there', () => {
    const mine = after({ type: 'configure', id: 'menu', input: menu({ attempts: 5, timeoutMs: 1 }) });
    const theirs = after({ type: 'configure', id: 'menu', input: menu({ attempts: 7 }) });
    const { collisions, document } = join(mine, theirs, 'theirs');
    expect(collisions).toMatchObject([
      { node: 'menu', aspect: 'setting', path: ['attempts'], base: 3, mine: 5, theirs: 7 },
    ]);
    expect(nodesOf(document).get('menu')?.input).toMatchObject({ attempts: 7, timeoutMs: 1 });
    expect(nodesOf(join(mine, theirs, 'base').document).get('menu')?.input).toMatchObject({ attempts: 3 });
  });

  it('collide in one part of a prompt as a whole', () => {
    const prompt = (...parts: object[]) => ({ type: 'configure', id: 'sales', input: { prompt: parts } }) as Edit;
    const { collisions, document } = join(after(prompt({ play: 'hello' })), after(prompt({ say: 'Hello.' })), 'theirs');
    expect(collisions).toMatchObject([{ aspect: 'setting', path: ['prompt', '0'] }]);
    expect(nodesOf(document).get('sales')?.input).toEqual({ prompt: [{ say: 'Hello.' }] });
  });

  it('collide when one removes what the other changes', () => {
    const mine = after({ type: 'remove-node', id: 'sales' });
    const theirs = after({ type: 'configure', id: 'sales', input: { prompt: [] } });
    const { collisions } = join(mine, theirs);
    expect(collisions).toMatchObject([{ node: 'sales', aspect: 'node', path: [], mine: undefined }]);
    expect(nodesOf(join(mine, theirs, 'mine').document).has('sales')).toBe(false);
    expect(nodesOf(join(mine, theirs, 'theirs').document).get('sales')?.input).toEqual({ prompt: [] });
  });

  it('collide when one removes what the other leads to', () => {
    const mine = after({ type: 'remove-node', id: 'sales' });
    const theirs = after({ type: 'wire', id: 'menu', outcome: 'no-match', target: 'sales' });
    expect(join(mine, theirs).collisions).toMatchObject([{ node: 'sales', aspect: 'node' }]);
    expect(wiresOf(join(mine, theirs, 'mine').document, 'menu')).toEqual({ support: 'support', 'no-input': 'bye' });
    expect(wiresOf(join(mine, theirs, 'theirs').document, 'menu')).toMatchObject({ 'no-match': 'sales' });
    expect(nodesOf(join(mine, theirs, 'theirs').document).has('sales')).toBe(true);
  });

  it('collide when one removes what the other’s hang-up path now leads to, though no node of theirs is touched', () => {
    const mine = after({ type: 'set-hang-up-path', id: 'sales' });
    const theirs = after({ type: 'remove-node', id: 'sales' });
    expect(join(mine, theirs).collisions).toMatchObject([{ node: 'sales', aspect: 'node' }]);
    expect(join(mine, theirs, 'mine').document.on).toEqual({ 'call.ended': '.sales' });
  });

  it('collide when both add a node with one id', () => {
    const added = (durationMs: number) =>
      after({ type: 'add-node', id: 'pause', node: { type: 'wait', input: { durationMs } } });
    expect(join(added(1), added(2)).collisions).toMatchObject([{ node: 'pause', aspect: 'node' }]);
    expect(join(added(1), added(1)).collisions).toEqual([]);
  });

  it('do not mix the settings of two types', () => {
    const typed = (src: string, input: object) =>
      ({ ...base, states: { ...base.states, sales: node(src, input as never) } }) as ScenarioDocument;
    const { collisions } = join(typed('wait', { durationMs: 5 }), typed('log', { message: 'x' }));
    expect(collisions).toMatchObject([{ node: 'sales', aspect: 'type' }]);
  });

  it('join notes and frames, and collide only where both write on one note', () => {
    const noted = (x: number, text: string, nodes: string[]) =>
      ({
        ...base,
        meta: {
          ...(base.meta as object),
          notes: { hint: { x, y: 0, width: 200, height: 100, text, color: 'yellow' } },
          groups: { sales_part: { title: 'Sales', color: 'blue', nodes } },
        },
      }) as ScenarioDocument;
    const before = noted(0, 'Ask Ana.', ['menu', 'bye']);
    const joined = mergeScenarios(
      before,
      noted(50, 'Ask Ana.', ['menu', 'bye', 'sales']),
      noted(90, 'Ask Ben.', ['menu', 'support']),
    );
    expect(joined.collisions).toEqual([]);
    expect(differencesOf(joined.document, noted(50, 'Ask Ben.', ['menu', 'sales', 'support']))).toEqual([]);
    expect(mergeScenarios(before, noted(0, 'Ask me.', []), noted(0, 'Ask you.', [])).collisions).toMatchObject([
      { node: null, aspect: 'note', path: ['hint', 'text'], mine: 'Ask me.', theirs: 'Ask you.' },
    ]);
  });

  it('leave what is no list of wires as it is', () => {
    const odd = scenario({ a: { invoke: { src: 'wait', onDone: 'b' } }, b: { invoke: { src: 'wait' } } });
    expect(writeScenario(mergeScenarios(odd, odd, odd).document)).toBe(writeScenario(odd));
  });
});

const ids = ['answer', 'menu', 'sales', 'support', 'bye', 'after_call', 'x', 'y'] as const;
const id = fc.constantFrom(...ids);
const outcome = fc.constantFrom('done', 'sales', 'support', 'no-input');
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ type: fc.constant('add-node' as const), id, node: fc.constant({ type: 'say' }) }),
  fc.record({ type: fc.constant('remove-node' as const), id }),
  fc.record({ type: fc.constant('rename-node' as const), id, to: id }),
  fc.record({ type: fc.constant('wire' as const), id, outcome, target: id }),
  fc.record({ type: fc.constant('unwire' as const), id, outcome }),
  fc.record({ type: fc.constant('set-initial' as const), id }),
  fc.record({ type: fc.constant('set-hang-up-path' as const), id: fc.option(id) }),
  fc.record({ type: fc.constant('set-label' as const), id, label: fc.option(fc.constantFrom('one', 'two')) }),
  fc.record({
    type: fc.constant('configure' as const),
    id,
    input: fc.dictionary(
      fc.constantFrom('a', 'b', 'keys'),
      fc.oneof(fc.integer({ min: 0, max: 3 }), fc.dictionary(fc.constantFrom('1', '2'), fc.constantFrom('p', 'q'))),
    ),
  }),
  fc.record({
    type: fc.constant('set-variables' as const),
    variables: fc.dictionary(fc.constantFrom('v', 'w'), fc.integer({ min: 0, max: 2 })),
  }),
);
/** What a row of edits makes of the example; those that cannot be done are left out. */
const edited = fc.array(edit, { maxLength: 8 }).map((edits) =>
  edits.reduce((document, one) => {
    try {
      return applyEdit(document, one).document;
    } catch (error) {
      if (!isCallwrightError(error)) throw error;
      return document;
    }
  }, base),
);
const targets = (document: ScenarioDocument) =>
  [...nodesOf(document).values()].flatMap(({ id: from, wires }) =>
    wires.filter(({ target }) => !(target in document.states)).map(({ outcome: name }) => `${from} ${name}`),
  );

describe('joining any two documents', () => {
  it('takes what only one side has changed', () => {
    fc.assert(
      fc.property(edited, (changed) => {
        for (const { document, collisions } of [
          mergeScenarios(base, changed, base),
          mergeScenarios(base, base, changed),
          mergeScenarios(base, changed, changed),
        ]) {
          expect(collisions).toEqual([]);
          expect(differencesOf(document, changed)).toEqual([]);
        }
        expect(writeScenario(mergeScenarios(base, changed, base).document)).toBe(writeScenario(changed));
      }),
    );
  });

  it('collides at the same places whoever is called mine', () => {
    fc.assert(
      fc.property(edited, edited, (mine, theirs) => {
        const keys = (a: ScenarioDocument, b: ScenarioDocument) =>
          mergeScenarios(base, a, b)
            .collisions.map(({ key }) => key)
            .sort();
        expect(keys(mine, theirs)).toEqual(keys(theirs, mine));
      }),
    );
  });

  it('gives the same whoever is called mine, once it is decided', () => {
    fc.assert(
      fc.property(edited, edited, (mine, theirs) => {
        const { collisions } = mergeScenarios(base, mine, theirs);
        const choose = (side: Side) => new Map(collisions.map(({ key }) => [key, side]));
        const one = mergeScenarios(base, mine, theirs, choose('mine')).document;
        const other = mergeScenarios(base, theirs, mine, choose('theirs')).document;
        expect(differencesOf(one, other)).toEqual([]);
      }),
    );
  });

  it('differs from each side only by what the other side did', () => {
    fc.assert(
      fc.property(edited, edited, (mine, theirs) => {
        const { document, collisions } = mergeScenarios(base, mine, theirs);
        fc.pre(collisions.length === 0);
        const name = ({ node: of, aspect, path }: { node: string | null; aspect: string; path: readonly string[] }) =>
          [of, aspect, ...path].join(' ');
        const theirNodes = new Set(differencesOf(base, theirs).map(({ node: of }) => of));
        for (const difference of differencesOf(mine, document))
          expect(theirNodes.has(difference.node), name(difference)).toBe(true);
      }),
    );
  });

  it('leads nowhere that none of the three did', () => {
    fc.assert(
      fc.property(edited, edited, fc.constantFrom<Side>('base', 'mine', 'theirs'), (mine, theirs, side) => {
        const { collisions } = mergeScenarios(base, mine, theirs);
        const { document } = mergeScenarios(base, mine, theirs, new Map(collisions.map(({ key }) => [key, side])));
        expect(targets(document)).toEqual([]);
      }),
    );
  });
});
