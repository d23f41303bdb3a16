import type { JsonObject } from '@callwright/kernel';
import type { DraftStore } from './draft.js';
import { clipFrom, pasteEdit, type Clip } from './model/clip.js';
import { outcomesOf, placeOf, renamedOutcome, stepHeight, STEP_WIDTH } from './model/flow.js';
import { arrange } from './model/layout.js';
import { nodeType } from '@callwright/nodes';
import { freeId, initialOf, nodesOf, type CanvasPlace, type ScenarioDocument, type Edit } from '@callwright/scenario';

const GRID = 20;
const GAP = 100;
const snap = ({ x, y }: CanvasPlace): CanvasPlace => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
});

export interface AddOptions {
  /** An edge (`node:outcome`) that the new node is put into. */
  readonly into?: string | null;
  /** An outcome that leads to the new node. */
  readonly from?: { readonly node: string; readonly outcome: string };
}

/**
 * What hands can do to a scenario, in the words of the canvas. Every method ends in operations on the document, so everything can
 * be undone. Also the meeting place of canvas, palette and inspector: what is selected, and where to look.
 */
export class Editor {
  private ids: ReadonlySet<string> = new Set();
  private wires: ReadonlySet<string> = new Set();
  private readonly selectionListeners = new Set<() => void>();
  private readonly selectRequests = new Set<(ids: ReadonlySet<string>, reveal: boolean) => void>();
  private readonly quickAddRequests = new Set<(at?: CanvasPlace) => void>();

  constructor(
    readonly draft: DraftStore,
    readonly mayEdit: boolean,
  ) {}

  private get document(): ScenarioDocument {
    return this.draft.getState().document;
  }

  private get nodes() {
    return nodesOf(this.document);
  }

  private edit(label: string, edits: readonly Edit[], merge?: string): void {
    if (this.mayEdit && edits.length > 0) this.draft.getState().edit(label, edits, merge);
  }

  // Selection

  readonly selection = (): ReadonlySet<string> => this.ids;

  readonly selectedWires = (): ReadonlySet<string> => this.wires;

  readonly onSelection = (listener: () => void): (() => void) => {
    this.selectionListeners.add(listener);
    return () => this.selectionListeners.delete(listener);
  };

  /** The canvas says what is selected now: nodes, and wires by `node:outcome`. */
  selected(given: ReadonlySet<string>, wires: ReadonlySet<string> = new Set()): void {
    this.wires = wires;
    // What was deleted meanwhile, here or by an undo, is not selected any more.
    const ids = new Set([...given].filter((id) => id in this.document.states));
    if (ids.size === this.ids.size && [...ids].every((id) => this.ids.has(id))) return;
    this.ids = ids;
    for (const listener of this.selectionListeners) listener();
  }

  /** Asks the canvas to select; `reveal` also moves the view there. */
  select(ids: Iterable<string>, reveal = false): void {
    const wanted = new Set(ids);
    this.selected(wanted);
    for (const request of this.selectRequests) request(wanted, reveal);
  }

  onSelect(request: (ids: ReadonlySet<string>, reveal: boolean) => void): () => void {
    this.selectRequests.add(request);
    return () => this.selectRequests.delete(request);
  }

  selectAll(): void {
    this.select(Object.keys(this.document.states));
  }

  // Nodes

  /** A new node of this type at this place. Gives its id. */
  add(type: string, place: CanvasPlace, { into, from }: AddOptions = {}): string {
    const id = freeId(type.replaceAll('-', '_'), new Set(Object.keys(this.document.states)));
    const split = into ? this.wireOf(into) : null;
    const room = split ? this.roomBetween(split.node, split.target) : null;
    const edits: Edit[] = [{ type: 'add-node', id, node: { type, canvas: room?.place ?? snap(place) } }];
    if (!this.nodes.has(initialOf(this.document) ?? '')) edits.push({ type: 'set-initial', id });
    if (room) edits.push({ type: 'move-nodes', places: room.places });
    if (split) {
      edits.push({ type: 'wire', id: split.node, outcome: split.outcome, target: id });
      const onward = outcomesOf({ id, type, label: null, canvas: null, input: {}, wires: [] }).outcomes[0];
      if (onward) edits.push({ type: 'wire', id, outcome: onward.name, target: split.target });
    }
    if (from) edits.push({ type: 'wire', id: from.node, outcome: from.outcome, target: id });
    this.edit(`Add ${titleOf(type)}`, edits);
    this.select([id]);
    return id;
  }

  /** A new node to the right of the selected one, on its first open outcome; without a selection, at the end of the drawing. */
  addBehindSelection(type: string): string {
    const [only, ...more] = this.ids;
    const node = only !== undefined && more.length === 0 ? this.nodes.get(only) : undefined;
    if (!node) return this.add(type, this.freePlace());
    const open = outcomesOf(node).outcomes.find(({ target, givenAs }) => target === null && givenAs === null);
    const at = placeOf(node);
    const place = this.clear({ x: at.x + STEP_WIDTH + GAP, y: at.y });
    return this.add(type, place, open ? { from: { node: node.id, outcome: open.name } } : {});
  }

  move(moves: readonly { readonly id: string; readonly to: CanvasPlace }[]): void {
    if (moves.length === 0) return;
    const real = moves.filter(({ id, to }) => {
      const at = this.nodes.get(id)?.canvas;
      return id in this.document.states && (at?.x !== to.x || at.y !== to.y);
    });
    this.edit(real.length === 1 ? 'Move a node' : `Move ${real.length} nodes`, [
      { type: 'move-nodes', places: Object.fromEntries(real.map(({ id, to }) => [id, snap(to)])) },
    ]);
  }

  rename(id: string, to: string): void {
    this.edit(`Rename ${id} to ${to}`, [{ type: 'rename-node', id, to }]);
    this.select([to]);
  }

  label(id: string, label: string): void {
    this.edit('Label a node', [{ type: 'set-label', id, label: label === '' ? null : label }], `label:${id}`);
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
    this.edit(`Change ${titleOf(node.type)}`, edits, `configure:${id}:${field}`);
  }

  removeSelection(): void {
    this.remove(this.ids, this.wires);
  }

  remove(ids: Iterable<string>, wires: Iterable<string> = []): void {
    const edits: Edit[] = [];
    for (const wire of wires) {
      const found = this.wireOf(wire);
      if (found) edits.push({ type: 'unwire', id: found.node, outcome: found.outcome });
    }
    const nodes = [...ids].filter((id) => this.nodes.has(id));
    edits.push(...nodes.map((id): Edit => ({ type: 'remove-node', id })));
    this.edit(
      nodes.length === 0 ? 'Delete a wire' : nodes.length === 1 ? 'Delete a node' : `Delete ${nodes.length} nodes`,
      edits,
    );
    this.select([]);
  }

  // Wires

  wire(node: string, outcome: string, target: string): void {
    this.edit(`Wire ${outcome}`, [{ type: 'wire', id: node, outcome, target }]);
  }

  unwire(node: string, outcome: string): void {
    this.edit(`Unwire ${outcome}`, [{ type: 'unwire', id: node, outcome }]);
  }

  /** One end of a wire was carried elsewhere. */
  rewire(
    edge: { readonly id: string },
    to: { readonly source: string; readonly sourceHandle: string | null; readonly target: string },
  ): void {
    const before = this.wireOf(edge.id);
    if (!before || to.sourceHandle === null) return;
    this.edit('Rewire', [
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

  // The ways in, and what the scenario knows

  setInitial(id: string): void {
    this.edit('Set the start', [{ type: 'set-initial', id }]);
  }

  setHangUpPath(id: string | null): void {
    this.edit('Set the hang-up path', [{ type: 'set-hang-up-path', id }]);
  }

  setErrorPath(id: string | null): void {
    this.edit('Set the error path', [{ type: 'set-error-path', id }]);
  }

  setVariables(variables: JsonObject): void {
    this.edit('Change the variables', [{ type: 'set-variables', variables }], 'variables');
  }

  nameScenario(name: string): void {
    this.edit('Rename the scenario', [{ type: 'rename-scenario', name }], 'name');
  }

  // Clipboard

  copy(): Clip | null {
    return clipFrom(this.document, this.ids);
  }

  cut(): Clip | null {
    const clip = this.copy();
    if (clip) this.remove(this.ids);
    return clip;
  }

  paste(clip: Clip, at: CanvasPlace | null = null): void {
    const before = this.nodes;
    const count = Object.keys(clip.states).length;
    this.edit(count === 1 ? 'Paste a node' : `Paste ${count} nodes`, [pasteEdit(this.document, clip, at)]);
    this.select([...this.nodes.keys()].filter((id) => !before.has(id)));
  }

  duplicate(): void {
    const clip = this.copy();
    if (clip) this.paste(clip);
  }

  // Layout

  /** Arranges the whole drawing, or the selected nodes when there are several. */
  async arrange(): Promise<void> {
    const only = this.ids.size > 1 ? this.ids : undefined;
    const places = await arrange(this.document, only);
    this.edit(only ? 'Arrange the selection' : 'Arrange the drawing', [{ type: 'move-nodes', places }]);
  }

  requestQuickAdd(at?: CanvasPlace): void {
    for (const request of this.quickAddRequests) request(at);
  }

  onQuickAdd(request: (at?: CanvasPlace) => void): () => void {
    this.quickAddRequests.add(request);
    return () => this.quickAddRequests.delete(request);
  }

  /** Where a node between these two comes, and what has to step aside for it; null: there is room where it was put. */
  private roomBetween(from: string, to: string): { place: CanvasPlace; places: Record<string, CanvasPlace> } | null {
    const [source, target] = [this.nodes.get(from), this.nodes.get(to)];
    if (!source || !target) return null;
    const [a, b] = [placeOf(source), placeOf(target)];
    const distance = b.x - a.x;
    if (distance <= 0 || distance >= 2 * (STEP_WIDTH + GAP / 2)) return null;
    const place = snap({ x: a.x + STEP_WIDTH + GAP, y: b.y });
    const shift = place.x + STEP_WIDTH + GAP - b.x;
    const behind = [...this.nodes.values()].filter((node) => placeOf(node).x >= b.x);
    return {
      place,
      places: Object.fromEntries(
        behind.map((node) => [node.id, snap({ x: placeOf(node).x + shift, y: placeOf(node).y })]),
      ),
    };
  }

  private freePlace(): CanvasPlace {
    const nodes = [...this.nodes.values()];
    if (nodes.length === 0) return { x: 0, y: 0 };
    const rightmost = nodes.map(placeOf).reduce((far, at) => (at.x > far.x ? at : far));
    return this.clear({ x: rightmost.x + STEP_WIDTH + GAP, y: rightmost.y });
  }

  /** The place, or the nearest free one below it. */
  private clear(place: CanvasPlace): CanvasPlace {
    const taken = [...this.nodes.values()].map((node) => ({
      at: placeOf(node),
      height: stepHeight(outcomesOf(node).outcomes.length),
    }));
    let { y } = place;
    for (;;) {
      const hit = taken.find(
        ({ at, height }) => Math.abs(at.x - place.x) < STEP_WIDTH && y < at.y + height && y + 120 > at.y,
      );
      if (!hit) return { x: place.x, y };
      y = hit.at.y + hit.height + GRID * 2;
    }
  }
}

const titleOf = (type: string) => nodeType(type)?.title ?? type;
