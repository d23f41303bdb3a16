import type { Box } from '../canvas/wireRoute.js';
import { freeId, groupsOf, notesOf, type Group, type Note, type ScenarioDocument } from '@callwright/scenario';
import { stepHeight, STEP_WIDTH, type CanvasNode, type GroupNode, type NoteNode, type StepNode } from './flow.js';

/** Notes and groups are selected beside nodes; no id of a node has a colon. */
export const noteKey = (id: string) => `note:${id}`;
export const groupKey = (id: string) => `group:${id}`;
const idOf = (prefix: string) => (key: string) => (key.startsWith(prefix) ? key.slice(prefix.length) : null);
export const noteIdOf = idOf('note:');
export const groupIdOf = idOf('group:');

export const NOTE_SIZE = { width: 220, height: 120 } as const;
const GROUP_MARGIN = 28;
const GROUP_TITLE = 34;

/** The frame around these boxes. */
export function frameAround(boxes: readonly Box[]): Omit<Box, 'id'> {
  const left = Math.min(...boxes.map(({ x }) => x)) - GROUP_MARGIN;
  const top = Math.min(...boxes.map(({ y }) => y)) - GROUP_MARGIN - GROUP_TITLE;
  return {
    x: left,
    y: top,
    width: Math.max(...boxes.map(({ x, width }) => x + width)) + GROUP_MARGIN - left,
    height: Math.max(...boxes.map(({ y, height }) => y + height)) + GROUP_MARGIN - top,
  };
}

export const freeNoteId = (notes: ReadonlyMap<string, Note>) => freeId('note', notes);
export const freeGroupId = (groups: ReadonlyMap<string, Group>) => freeId('group', groups);

const drawnNotes = new WeakMap<Note, NoteNode>();
const drawnGroups = new WeakMap<Group, GroupNode>();

/** Notes and groups as the canvas draws them; groups get their frames from where their nodes are (`framed`). */
export function annotationNodes(document: ScenarioDocument): readonly (NoteNode | GroupNode)[] {
  const notes = [...notesOf(document)].map(([id, note]) =>
    remembered(drawnNotes, note, noteKey(id), (): NoteNode => ({
      id: noteKey(id),
      type: 'note',
      position: { x: note.x, y: note.y },
      width: note.width,
      height: note.height,
      zIndex: BEHIND_NODES,
      data: { id, note },
    })),
  );
  const groups = [...groupsOf(document)].map(([id, group]) =>
    remembered(drawnGroups, group, groupKey(id), (): GroupNode => ({
      id: groupKey(id),
      type: 'frame',
      position: { x: 0, y: 0 },
      zIndex: BEHIND_WIRES,
      data: { id, group },
    })),
  );
  return [...groups, ...notes];
}

/** React Flow lifts what is selected by 1,000. */
const BEHIND_NODES = -1_001;
const BEHIND_WIRES = -2_002;

function remembered<Thing extends object, Drawn extends { readonly id: string }>(
  known: WeakMap<Thing, Drawn>,
  thing: Thing,
  id: string,
  draw: () => Drawn,
): Drawn {
  let drawn = known.get(thing);
  if (drawn?.id !== id) known.set(thing, (drawn = draw()));
  return drawn;
}

/** The nodes with the frames of groups where their members are now. What did not change is the same object. */
export function framed(nodes: readonly CanvasNode[]): CanvasNode[] {
  if (!nodes.some(({ type }) => type === 'frame')) return nodes as CanvasNode[];
  const boxes = new Map(nodes.flatMap((node) => (node.type === 'step' ? [[node.id, boxOf(node)]] : [])));
  return nodes.map((node) => {
    if (node.type !== 'frame') return node;
    const members = node.data.group.nodes.flatMap((id) => boxes.get(id) ?? []);
    if (members.length === 0) return node.hidden ? node : { ...node, hidden: true };
    const { x, y, width, height } = frameAround(members);
    const same =
      !node.hidden && node.position.x === x && node.position.y === y && node.width === width && node.height === height;
    return same ? node : { ...node, hidden: false, position: { x, y }, width, height };
  });
}

/** The room that a node takes, as it was measured or will be. */
export const boxOf = (node: StepNode): Box => ({
  id: node.id,
  x: node.position.x,
  y: node.position.y,
  width: node.measured?.width ?? STEP_WIDTH,
  height: node.measured?.height ?? stepHeight(node.data.outcomes.length),
});
