import {
  groupSchema,
  groupsOf,
  NODE_ID,
  nodesOf,
  noteSchema,
  notesOf,
  type CanvasPlace,
  type Edit,
  type ScenarioDocument,
} from '@callwright/scenario';
import { z } from 'zod';
import { groupKey, noteKey } from './annotations.js';
import { placeOf } from './flow.js';

/** Nodes, notes and groups on the clipboard, as text that is also readable: they can be pasted into another scenario, another tab, a letter. */
const clipSchema = z
  .object({
    callwright: z.literal('nodes'),
    states: z.record(z.string().regex(NODE_ID), z.record(z.string(), z.json())),
    notes: z.record(z.string().regex(NODE_ID), noteSchema).optional(),
    groups: z.record(z.string().regex(NODE_ID), groupSchema).optional(),
  })
  .refine(({ states, notes = {} }) => Object.keys(states).length + Object.keys(notes).length > 0);
export type Clip = z.infer<typeof clipSchema>;

const STEP = 40;

/** What is chosen, with the wires within it, and the groups that are chosen or whole. Null: nothing that can be copied is chosen. */
export function clipFrom(document: ScenarioDocument, chosen: ReadonlySet<string>): Clip | null {
  const groups = [...groupsOf(document)];
  const inGroups = groups.filter(([id]) => chosen.has(groupKey(id))).flatMap(([, { nodes }]) => nodes);
  const wanted = new Set([...chosen, ...inGroups]);
  const states = [...nodesOf(document).keys()].filter((id) => wanted.has(id));
  const notes = [...notesOf(document)].filter(([id]) => wanted.has(noteKey(id)));
  const whole = groups.filter(([, { nodes }]) => nodes.every((id) => wanted.has(id)));
  if (states.length + notes.length === 0) return null;
  return {
    callwright: 'nodes',
    states: Object.fromEntries(states.map((id) => [id, document.states[id]])) as Clip['states'],
    ...(notes.length > 0 ? { notes: Object.fromEntries(notes) } : {}),
    ...(whole.length > 0 ? { groups: Object.fromEntries(whole) } : {}),
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
export function pasteEdit(
  document: ScenarioDocument,
  { states, notes = {}, groups = {} }: Clip,
  at: CanvasPlace | null,
): Edit {
  const places = [...[...nodesOf({ id: document.id, states }).values()].map(placeOf), ...Object.values(notes)];
  const corner = { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
  const by = at ? { x: at.x - corner.x, y: at.y - corner.y } : freeShift(document, places);
  return { type: 'paste', states, notes, groups, by };
}

/** Pasting twice must not hide the first under the second. */
function freeShift(document: ScenarioDocument, places: readonly CanvasPlace[]): CanvasPlace {
  const spot = ({ x, y }: CanvasPlace) => `${x},${y}`;
  const spots = new Set([...[...nodesOf(document).values()].map(placeOf), ...notesOf(document).values()].map(spot));
  for (let shift = STEP; ; shift += STEP) {
    if (!places.some(({ x, y }) => spots.has(spot({ x: x + shift, y: y + shift })))) return { x: shift, y: shift };
  }
}
