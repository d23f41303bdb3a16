import { applyEdits, nodesOf } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { arrange, needsArranging } from './layout.js';

describe('arranging', () => {
  it('leads from left to right and lets no two nodes overlap', async () => {
    const places = await arrange(frontDesk());
    expect(Object.keys(places).sort()).toEqual(['answer', 'bye', 'menu', 'sales']);
    expect(places['answer']!.x).toBeLessThan(places['menu']!.x);
    expect(places['menu']!.x).toBeLessThan(places['sales']!.x);
  });

  it('leaves the rest where it is when only a part is arranged', async () => {
    const places = await arrange(frontDesk(), new Set(['menu', 'sales']));
    expect(Object.keys(places).sort()).toEqual(['menu', 'sales']);
  });

  it('is needed by a document that was written without places', () => {
    const document = frontDesk();
    const stacked = Object.fromEntries([...nodesOf(document).keys()].map((id) => [id, { x: 0, y: 0 }]));
    expect(needsArranging(document)).toBe(false);
    expect(needsArranging(applyEdits(document, [{ type: 'move-nodes', places: stacked }]).document)).toBe(true);
    expect(needsArranging(frontDesk({ type: 'add-node', id: 'lost', node: { type: 'wait' } }))).toBe(true);
  });
});
