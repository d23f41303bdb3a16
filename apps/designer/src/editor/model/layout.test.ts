import { applyEdits, nodesOf, type Edit } from '@callwright/scenario';
import { describe, expect, it } from 'vitest';
import { frontDesk } from '../../testing/scenarios.js';
import { stepHeight, STEP_WIDTH } from './flow.js';
import { arrange, needsArranging } from './layout.js';

describe('arranging', { timeout: 60_000 }, () => {
  it('leads from left to right and lets no two nodes overlap', async () => {
    const places = await arrange(frontDesk());
    expect(Object.keys(places).sort()).toEqual(['answer', 'bye', 'menu', 'sales']);
    expect(places['answer']!.x).toBeLessThan(places['menu']!.x);
    expect(places['menu']!.x).toBeLessThan(places['sales']!.x);
  });

  it('lays a long chain in rows, each read from left to right', async () => {
    const ids = Array.from({ length: 80 }, (_, index) => `n${index}`);
    const chain = frontDesk(
      ...ids.map((id): Edit => ({ type: 'add-node', id, node: { type: 'wait', input: { durationMs: 1 } } })),
      ...ids.slice(1).map((target, index): Edit => ({ type: 'wire', id: ids[index]!, outcome: 'done', target })),
    );
    const places = Object.values(await arrange(chain, new Set(ids)));
    const width = Math.max(...places.map(({ x }) => x)) - Math.min(...places.map(({ x }) => x));
    expect(width).toBeLessThan(5_000);
    const turns = places.slice(1).filter(({ x }, index) => x <= places[index]!.x).length;
    expect(turns).toBeGreaterThan(2);
    expect(turns).toBeLessThan(16);
    const overlap = places.some((a, at) =>
      places.slice(at + 1).some((b) => Math.abs(a.x - b.x) < STEP_WIDTH && Math.abs(a.y - b.y) < stepHeight(1)),
    );
    expect(overlap).toBe(false);
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
