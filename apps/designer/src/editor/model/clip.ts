import { NODE_ID, nodesOf, type CanvasPlace, type Edit, type ScenarioDocument } from '@callwright/scenario';
import { z } from 'zod';
import { placeOf } from './flow.js';

/** Nodes on the clipboard, as text that is also readable: they can be pasted into another scenario, another tab, a letter. */
const clipSchema = z.object({
  callwright: z.literal('nodes'),
  states: z
    .record(z.string().regex(NODE_ID), z.record(z.string(), z.json()))
    .refine((states) => Object.keys(states).length > 0),
});
export type Clip = z.infer<typeof clipSchema>;

const STEP = 40;

/** The chosen nodes with the wires between them. Null: nothing that can be copied is chosen. */
export function clipFrom(document: ScenarioDocument, ids: ReadonlySet<string>): Clip | null {
  const chosen = [...nodesOf(document).keys()].filter((id) => ids.has(id));
  if (chosen.length === 0) return null;
  return {
    callwright: 'nodes',
    states: Object.fromEntries(chosen.map((id) => [id, document.states[id]])) as Clip['states'],
  };
}

export const clipText = (clip: Clip) => JSON.stringify(clip, null, 2);

/** Null: the text is something else. */
export function parseClip(text: string): Clip | null {
  if (!text.includes('"callwright"')) return null;
  try {
    const parsed = clipSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Puts a clip into the document; `at` is where its upper left corner comes, else beside what is there. */
export function pasteEdit(document: ScenarioDocument, { states }: Clip, at: CanvasPlace | null): Edit {
  const places = [...nodesOf({ id: document.id, states }).values()].map(placeOf);
  const corner = { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
  const by = at ? { x: at.x - corner.x, y: at.y - corner.y } : freeShift(document, places);
  return { type: 'paste', states, by };
}

/** Pasting twice must not hide the first under the second. */
function freeShift(document: ScenarioDocument, places: readonly CanvasPlace[]): CanvasPlace {
  const spots = new Set([...nodesOf(document).values()].map((node) => JSON.stringify(placeOf(node))));
  for (let shift = STEP; ; shift += STEP) {
    if (!places.some(({ x, y }) => spots.has(JSON.stringify({ x: x + shift, y: y + shift }))))
      return { x: shift, y: shift };
  }
}
