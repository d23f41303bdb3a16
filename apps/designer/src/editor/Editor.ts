import type { JsonObject } from '@callwright/kernel';
import { nodeType } from '@callwright/nodes';
import {
  freeId,
  groupsOf,
  initialOf,
  nodesOf,
  notesOf,
  type CanvasPlace,
  type Edit,
  type Group,
  type Note,
  type ScenarioDocument,
} from '@callwright/scenario';
import { t } from '../i18n/i18n.js';
import { libraryText } from '../i18n/libraryText.js';
import type { DraftStore } from './draft.js';
import { align, distribute, type Alignment, type Axis, type Extent } from './model/align.js';
import { freeGroupId, freeNoteId, groupIdOf, groupKey, noteIdOf, noteKey, NOTE_SIZE } from './model/annotations.js';
import { clipFrom, pasteEdit, type Clip } from './model/clip.js';
import { outcomesOf, renamedOutcome } from './model/flow.js';
import { arrange } from './model/layout.js';
import { freePlace, placeBehind, roomBetween, snap } from './model/placing.js';
import { createOverlay, type Overlay } from './overlay.js';
import { Selection } from './Selection.js';

export interface AddOptions {
  /** An edge (`node:outcome`) that the new node is put into. */
  readonly into?: string | null | undefined;
  /** An outcome that leads to the new node. */
  readonly from?: { readonly node: string; readonly outcome: string } | undefined;
}

/**
 * What hands can do to a scenario, in the words of the canvas. Every method ends in operations on the document, so everything can
 * be undone. Also the meeting place of canvas, palette and inspector: what is selected, and what is asked over the canvas.
 */
export class Editor extends Selection {
  readonly overlay = createOverlay();
  /** Where the pointer is over the canvas, in px of the window; null: elsewhere. */
  pointer: CanvasPlace | null = null;

  constructor(
    readonly draft: DraftStore,
    readonly mayEdit: boolean,
  ) {
    super(() => draft.getState().document);
  }

  private get document(): ScenarioDocument {
    return this.draft.getState().document;
  }

  private get nodes() {
    return nodesOf(this.document);
  }

  /** The selected nodes, without notes and groups. */
  private get chosen(): readonly string[] {
    return [...this.selection()].filter((id) => this.nodes.has(id));
  }

  /** One step of the history. */
  change(label: string, edits: readonly Edit[], merge?: string): void {
    if (this.mayEdit && edits.length > 0) this.draft.getState().edit(label, edits, merge);
  }

  /** Asks something over the canvas; null: nothing any more. */
  ask(overlay: Overlay | null): void {
    const asksForAChange = overlay?.kind === 'add' || overlay?.kind === 'outcomes' || overlay?.kind === 'collapse';
    if (this.mayEdit || !asksForAChange) this.overlay.setState({ overlay });
  }

  // Nodes

  /** A new node of this type at this place. Gives its id. */
  add(type: string, place: CanvasPlace, { into, from }: AddOptions = {}): string {
    const id = freeId(type.replaceAll('-', '_'), new Set(Object.keys(this.document.states)));
    const split = into ? this.wireOf(into) : null;
    const room = split ? roomBetween(this.document, split.node, split.target) : null;
    const edits: Edit[] = [{ type: 'add-node', id, node: { type, canvas: room?.place ?? snap(place) } }];
    if (!this.nodes.has(initialOf(this.document) ?? '')) edits.push({ type: 'set-initial', id });
    if (room) edits.push({ type: 'move-nodes', places: room.places });
    const fresh = { id, type, label: null, canvas: null, input: {}, wires: [] };
    if (split) edits.push(...this.splitting(split, id, outcomesOf(fresh).outcomes[0]?.name));
    if (from) edits.push({ type: 'wire', id: from.node, outcome: from.outcome, target: id });
    this.change(t('Add {{type}}', { type: titleOf(type) }), edits);
    this.select([id]);
    return id;
  }

  /** A new node to the right of the selected one, on its first open outcome; without a selection, at the end of the drawing. */
  addBehindSelection(type: string): string {
    const node = this.chosen.length === 1 ? this.nodes.get(this.chosen[0]!) : undefined;
    if (!node) return this.add(type, freePlace(this.document));
    const open = this.openOutcome(node.id);
    return this.add(
      type,
      placeBehind(this.document, node.id),
      open === null ? {} : { from: { node: node.id, outcome: open } },
    );
  }

  /** A new node behind another one, led to by one of its outcomes. */
  addBehind(type: string, from: { readonly node: string; readonly outcome: string }): string {
    return this.add(type, placeBehind(this.document, from.node), { from });
  }

  /** The first outcome of a node that leads nowhere yet. */
  openOutcome(id: string): string | null {
    const node = this.nodes.get(id);
    const open = node && outcomesOf(node).outcomes.find(({ target, givenAs }) => target === null && givenAs === null);
    return open?.name ?? null;
  }

  /** Puts a node that nothing leads to into a wire. */
  insert(id: string, wire: string): void {
    const split = this.wireOf(wire);
    const node = this.nodes.get(id);
    if (!split || !node || split.node === id || split.target === id) return;
    this.change(t('Put a node into a wire'), this.splitting(split, id, this.openOutcome(id) ?? undefined));
  }

  private splitting(split: { node: string; outcome: string; target: string }, id: string, onward?: string): Edit[] {
    const into: Edit = { type: 'wire', id: split.node, outcome: split.outcome, target: id };
    return onward === undefined ? [into] : [into, { type: 'wire', id, outcome: onward, target: split.target }];
  }

  /** Moves nodes and notes; where a group goes, its nodes have gone. */
  move(moves: readonly { readonly id: string; readonly to: CanvasPlace }[]): void {
    const places: Record<string, CanvasPlace> = {};
    const edits: Edit[] = [];
    for (const { id, to } of moves) {
      const place = snap(to);
      const note = notesOf(this.document).get(noteIdOf(id) ?? '');
      const at = note ?? this.nodes.get(id)?.canvas;
      if (at?.x === place.x && at.y === place.y) continue;
      if (note) edits.push({ type: 'set-note', id: noteIdOf(id)!, note: { ...note, ...place } });
      else if (id in this.document.states) places[id] = place;
    }
    if (Object.keys(places).length > 0) edits.push({ type: 'move-nodes', places });
    const count = edits.length + Math.max(0, Object.keys(places).length - 1);
    this.change(t('Move {{count}} nodes', { count }), edits);
  }

  /** Moves the selection by steps of the grid. */
  nudge(dx: number, dy: number): void {
    const places = this.chosen.map((id): [string, CanvasPlace] => {
      const { x, y } = this.nodes.get(id)!.canvas ?? { x: 0, y: 0 };
      return [id, { x: x + dx, y: y + dy }];
    });
    if (places.length > 0)
      this.change(
        t('Move {{count}} nodes', { count: places.length }),
        [{ type: 'move-nodes', places: Object.fromEntries(places) }],
        `nudge:${this.chosen.join()}`,
      );
  }

  align(extents: readonly Extent[], how: Alignment): void {
    this.change(t('Align'), [{ type: 'move-nodes', places: align(extents, how) }]);
  }

  distribute(extents: readonly Extent[], axis: Axis): void {
    this.change(t('Distribute'), [{ type: 'move-nodes', places: distribute(extents, axis) }]);
  }

  rename(id: string, to: string): void {
    this.change(t('Rename {{from}} to {{to}}', { from: id, to }), [{ type: 'rename-node', id, to }]);
    this.select([to]);
  }

  label(id: string, label: string): void {
    this.change(t('Label a node'), [{ type: 'set-label', id, label: label === '' ? null : label }], `label:${id}`);
  }

  /** A setting. When it gives an outcome another name, the outcome's wire goes along. */
  configure(id: string, input: JsonObject, field: string): void {
    const node = this.nodes.get(id);
    if (!node) return;
    const edits: Edit[] = [{ type: 'configure', id, input }];
    const renamed = renamedOutcome(node, { ...node, input });
    const wire = node.wires.find(({ outcome }) => outcome === renamed?.from);
    if (renamed && wire) {
      edits.push(
        { type: 'unwire', id, outcome: renamed.from },
        { type: 'wire', id, outcome: renamed.to, target: wire.target },
      );
    }
    this.change(t('Change {{type}}', { type: titleOf(node.type) }), edits, `configure:${id}:${field}`);
  }

  removeSelection(): void {
    this.remove(this.selection(), this.selectedWires());
  }

  /** Takes away nodes, notes, wires, and the frames of groups (not what is in them). */
  remove(ids: Iterable<string>, wires: Iterable<string> = []): void {
    const edits: Edit[] = [];
    for (const wire of wires) {
      const found = this.wireOf(wire);
      if (found) edits.push({ type: 'unwire', id: found.node, outcome: found.outcome });
    }
    const things = [...ids].flatMap((key): Edit[] => {
      const [note, group] = [noteIdOf(key), groupIdOf(key)];
      if (note !== null) return [{ type: 'set-note', id: note, note: null }];
      if (group !== null)
        return groupsOf(this.document).has(group) ? [{ type: 'set-group', id: group, group: null }] : [];
      return this.nodes.has(key) ? [{ type: 'remove-node', id: key }] : [];
    });
    // Frames first: a group goes by itself with the last of its nodes.
    edits.push(...things.toSorted((a, b) => Number(b.type === 'set-group') - Number(a.type === 'set-group')));
    const [only] = things;
    this.change(
      only === undefined
        ? t('Delete a wire')
        : only.type === 'set-note'
          ? t('Delete a note')
          : only.type === 'set-group'
            ? t('Ungroup')
            : t('Delete {{count}} nodes', { count: things.length }),
      edits,
    );
    this.select([]);
  }

  // Wires

  wire(node: string, outcome: string, target: string): void {
    this.change(t('Wire {{outcome}}', { outcome }), [{ type: 'wire', id: node, outcome, target }]);
  }

  unwire(node: string, outcome: string): void {
    this.change(t('Unwire {{outcome}}', { outcome }), [{ type: 'unwire', id: node, outcome }]);
  }

  /** One end of a wire was carried elsewhere. */
  rewire(
    edge: { readonly id: string },
    to: { readonly source: string; readonly sourceHandle: string | null; readonly target: string },
  ): void {
    const before = this.wireOf(edge.id);
    if (!before || to.sourceHandle === null) return;
    this.change(t('Rewire'), [
      { type: 'unwire', id: before.node, outcome: before.outcome },
      { type: 'wire', id: to.source, outcome: to.sourceHandle, target: to.target },
    ]);
  }

  private wireOf(edge: string): { node: string; outcome: string; target: string } | null {
    const split = edge.indexOf(':');
    const [node, outcome] = [edge.slice(0, split), edge.slice(split + 1)];
    const wire = this.nodes.get(node)?.wires.find((candidate) => candidate.outcome === outcome);
    return wire ? { node, outcome, target: wire.target } : null;
  }

  // Notes and groups

  addNote(at: CanvasPlace): void {
    const id = freeNoteId(notesOf(this.document));
    this.change(t('Add a note'), [
      { type: 'set-note', id, note: { ...snap(at), ...NOTE_SIZE, color: 'yellow', text: '' } },
    ]);
    this.select([noteKey(id)]);
  }

  setNote(id: string, changes: Partial<Note>): void {
    const note = notesOf(this.document).get(id);
    if (note)
      this.change(
        t('Change a note'),
        [{ type: 'set-note', id, note: { ...note, ...changes } }],
        `note:${id}:${Object.keys(changes).join()}`,
      );
  }

  /** A frame around the selected nodes. */
  group(): void {
    const nodes = this.chosen;
    if (nodes.length === 0) return;
    const id = freeGroupId(groupsOf(this.document));
    this.change(t('Group'), [{ type: 'set-group', id, group: { title: '', color: 'blue', nodes: [...nodes] } }]);
    this.select([groupKey(id)]);
  }

  setGroup(id: string, changes: Partial<Group>): void {
    const group = groupsOf(this.document).get(id);
    if (group)
      this.change(
        t('Change a group'),
        [{ type: 'set-group', id, group: { ...group, ...changes } }],
        `group:${id}:${Object.keys(changes).join()}`,
      );
  }

  /** Takes the frames away that are selected, or that hold a selected node. */
  ungroup(): void {
    const chosen = new Set(this.chosen);
    const groups = [...groupsOf(this.document)].filter(
      ([id, { nodes }]) => this.selection().has(groupKey(id)) || nodes.some((node) => chosen.has(node)),
    );
    this.change(
      t('Ungroup'),
      groups.map(([id]) => ({ type: 'set-group', id, group: null })),
    );
  }

  // The ways in, and what the scenario knows

  setInitial(id: string): void {
    this.change(t('Set the start'), [{ type: 'set-initial', id }]);
  }

  setHangUpPath(id: string | null): void {
    this.change(t('Set the hang-up path'), [{ type: 'set-hang-up-path', id }]);
  }

  setErrorPath(id: string | null): void {
    this.change(t('Set the error path'), [{ type: 'set-error-path', id }]);
  }

  setVariables(variables: JsonObject): void {
    this.change(t('Change the variables'), [{ type: 'set-variables', variables }], 'variables');
  }

  nameScenario(name: string): void {
    this.change(t('Rename the scenario'), [{ type: 'rename-scenario', name }], 'name');
  }

  // Clipboard

  copy(): Clip | null {
    return clipFrom(this.document, this.selection());
  }

  cut(): Clip | null {
    const clip = this.copy();
    if (clip) this.remove(this.selection());
    return clip;
  }

  paste(clip: Clip, at: CanvasPlace | null = null): void {
    const before = new Set(this.everything());
    const count = Object.keys(clip.states).length + Object.keys(clip.notes ?? {}).length;
    this.change(t('Paste {{count}} nodes', { count }), [pasteEdit(this.document, clip, at)]);
    this.select(this.everything().filter((id) => !before.has(id)));
  }

  duplicate(): void {
    const clip = this.copy();
    if (clip) this.paste(clip);
  }

  // Layout

  /** Arranges the whole drawing, or the selected nodes when there are several. */
  async arrange(): Promise<void> {
    const only = this.chosen.length > 1 ? new Set(this.chosen) : undefined;
    const places = await arrange(this.document, only);
    this.change(only ? t('Arrange the selection') : t('Arrange the drawing'), [{ type: 'move-nodes', places }]);
  }
}

const titleOf = (type: string) => libraryText(nodeType(type)?.title ?? type);
