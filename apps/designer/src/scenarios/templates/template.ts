import type { JsonObject } from '@callwright/kernel';
import { applyEdits, idFrom, newScenario, type Edit, type ScenarioDocument } from '@callwright/scenario';

/** Something to begin a scenario with. Made by the same operations as everything that is drawn. */
export interface Template {
  /** Marked by `msg`, as is `text`. */
  readonly title: string;
  /** What it does, and what to change first. */
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** Another scenario may have the id already, so it gets a short ending that nobody has. */
export function documentOf({ edits }: Template, name: string, now: number = Date.now()): ScenarioDocument {
  const id = `${idFrom(name).slice(0, 54)}-${now.toString(36).slice(-5)}`;
  return applyEdits(newScenario(name, id), edits).document;
}

const COLUMN = 350;
const ROW = 190;

/** A node in a column and a row of the drawing; the answer that every scenario begins with is in the first of both. */
export const node = (id: string, type: string, column: number, row: number, input: JsonObject = {}): Edit => ({
  type: 'add-node',
  id,
  node: { type, input, canvas: { x: column * COLUMN, y: row * ROW } },
});

/** The wires of a node: `wires('menu', { sales: 'sales', 'no-input': 'goodbye' })`. */
export const wires = (id: string, targets: Readonly<Record<string, string>>): readonly Edit[] =>
  Object.entries(targets).map(([outcome, target]) => ({ type: 'wire', id, outcome, target }));

/** A polite end in a column and a row: words, then the hang-up. */
export const goodbye = (column: number, row: number, words: string): readonly Edit[] => [
  node('goodbye', 'say', column, row, { prompt: [{ say: words }] }),
  node('hang_up', 'hang-up', column + 1, row),
  ...wires('goodbye', { done: 'hang_up' }),
];
