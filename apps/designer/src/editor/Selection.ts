import { groupsOf, nodesOf, notesOf, type ScenarioDocument } from '@callwright/scenario';
import { groupIdOf, groupKey, noteIdOf, noteKey } from './model/annotations.js';

export interface SelectRequest {
  readonly ids: ReadonlySet<string>;
  /** Also moves the view there. */
  readonly reveal: boolean;
  /** The keyboard goes along. */
  readonly focus: boolean;
}

/** What is selected: nodes by their ids, notes and groups by their keys, wires by `node:outcome`. */
export class Selection {
  private ids: ReadonlySet<string> = new Set();
  private wires: ReadonlySet<string> = new Set();
  private readonly listeners = new Set<() => void>();
  private readonly requests = new Set<(request: SelectRequest) => void>();

  constructor(private readonly drawn: () => ScenarioDocument) {}

  readonly selection = (): ReadonlySet<string> => this.ids;

  readonly selectedWires = (): ReadonlySet<string> => this.wires;

  readonly onSelection = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The canvas says what is selected now. */
  selected(given: ReadonlySet<string>, wires: ReadonlySet<string> = new Set()): void {
    this.wires = wires;
    // What was deleted meanwhile, here or by an undo, is not selected any more.
    const ids = new Set([...given].filter((id) => this.exists(id)));
    if (ids.size === this.ids.size && [...ids].every((id) => this.ids.has(id))) return;
    this.ids = ids;
    for (const listener of this.listeners) listener();
  }

  /** Asks the canvas to select; `reveal` also moves the view there, `focus` the keyboard. */
  select(ids: Iterable<string>, reveal = false, focus = false): void {
    const wanted = new Set(ids);
    this.selected(wanted);
    for (const request of this.requests) request({ ids: wanted, reveal, focus });
  }

  onSelect(request: (request: SelectRequest) => void): () => void {
    this.requests.add(request);
    return () => this.requests.delete(request);
  }

  selectAll(): void {
    this.select(this.everything());
  }

  protected everything(): readonly string[] {
    const document = this.drawn();
    return [
      ...nodesOf(document).keys(),
      ...[...notesOf(document).keys()].map(noteKey),
      ...[...groupsOf(document).keys()].map(groupKey),
    ];
  }

  private exists(key: string): boolean {
    const document = this.drawn();
    const [note, group] = [noteIdOf(key), groupIdOf(key)];
    if (note !== null) return notesOf(document).has(note);
    if (group !== null) return groupsOf(document).has(group);
    return key in document.states;
  }
}
