import { differencesOf } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { t } from '../../i18n/i18n.js';
import { changesOf, marksOf, withWhatIsGone } from './comparison.js';
import { titleOf, valueText } from './words.js';

const before = frontDesk();
const after = frontDesk(
  { type: 'configure', id: 'sales', input: { to: 'phone:orders' } },
  { type: 'wire', id: 'menu', outcome: 'no-match', target: 'bye' },
  { type: 'add-node', id: 'note', node: { type: 'log', input: { message: 'hi' } } },
  { type: 'set-hang-up-path', id: 'note' },
  { type: 'move-nodes', places: { answer: { x: 900, y: 9 } } },
);

describe('a comparison', () => {
  it('marks what became of nodes and wires', () => {
    const { nodes, wires } = marksOf(differencesOf(before, after));
    expect(Object.fromEntries(nodes)).toEqual({ answer: 'moved', menu: 'changed', sales: 'changed', note: 'added' });
    expect(Object.fromEntries(wires)).toEqual({ 'menu:no-match': 'added' });
  });

  it('is stepped through node by node: the scenario first, what only moved last', () => {
    const changes = changesOf(differencesOf(before, after));
    expect(changes[0]?.node).toBeNull();
    expect(changes.at(-1)?.node).toBe('answer');
    const texts = changes.flatMap(({ differences }) =>
      differences.map((one) => [titleOf(one, after, t), valueText(one.before, one, t), valueText(one.after, one, t)]),
    );
    expect(texts).toContainEqual(['After a hang-up', null, 'note']);
    expect(texts).toContainEqual(['“no-match” leads to', null, 'bye']);
    expect(texts).toContainEqual(['To', 'phone:sales', 'phone:orders']);
  });

  it('draws what is gone: the node, and the wire to where it led', () => {
    const { document, gone } = withWhatIsGone(after, before);
    expect(Object.keys(document.states)).toContain('note');
    expect(gone).toEqual([{ id: 'gone menu:no-match', source: 'menu', outcome: 'no-match', target: 'bye' }]);
  });
});
