import type { CallState } from '@callwright/channel-contract';
import type { CallHappening } from '../calls/call-registry.js';
import type { CallRow } from '../calls/call.entity.js';
import type { LiveCall } from '../calls/live-call.js';

/** A board shows as many calls as a person can look through; the numbers on it are of all of them. */
export const ROWS_SHOWN = 200;

/** One call as a board shows it. */
export interface BoardRow {
  readonly id: string;
  readonly scenarioId: string | null;
  readonly version: number | null;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly state: CallState;
  readonly node: string | null;
  /** When it came to its node (before the first: when it began). */
  readonly since: string;
  readonly startedAt: string;
  readonly answeredAt: string | null;
}

/** The calls that stand at one node of one scenario. */
export interface BoardNode {
  readonly scenarioId: string;
  readonly node: string;
  readonly calls: number;
  /** Since when the one that has been there longest is there; null: nobody is there any more. */
  readonly since: string | null;
}

/** How often an outcome was taken since the frame before. */
export interface BoardOutcome {
  readonly scenarioId: string;
  readonly node: string;
  readonly outcome: string;
  readonly calls: number;
}

interface Totals {
  readonly calls: number;
  readonly states: Partial<Record<CallState, number>>;
}

/** A board as it stands. */
export interface BoardPicture extends Totals {
  readonly at: string;
  readonly nodes: readonly BoardNode[];
  /** The newest calls first, at most `ROWS_SHOWN`. */
  readonly rows: readonly BoardRow[];
}

/** What changed on a board since the frame before: the page puts it into the picture that it has. */
export interface BoardFrame extends Totals {
  readonly at: string;
  readonly nodes: readonly BoardNode[];
  readonly rows: readonly BoardRow[];
  /** Calls that are not among those shown any more. */
  readonly gone: readonly string[];
  readonly outcomes: readonly BoardOutcome[];
}

/**
 * The live calls of a workspace, or of one scenario, added up. However many calls there are and however many events they tell, a frame
 * holds the difference to the frame before it. Pure: fed with happenings, asked for frames.
 */
export class Board {
  readonly #calls = new Map<string, BoardRow>();
  /** Who stands where, in the order of coming: the first has been there longest. */
  readonly #nodes = new Map<string, Map<string, string>>();
  readonly #changedCalls = new Set<string>();
  readonly #changedNodes = new Set<string>();
  readonly #outcomes = new Map<string, BoardOutcome>();
  #shown = new Set<string>();
  #changed = false;

  constructor(calls: Iterable<Pick<LiveCall, 'record' | 'since'>>) {
    for (const { record, since } of [...calls].sort((a, b) => a.record.startedAt.localeCompare(b.record.startedAt)))
      if (record.state !== 'ended') this.#put(rowOf(record, since));
    this.frame('');
  }

  /** Whether a frame would tell anything. */
  get changed(): boolean {
    return this.#changed;
  }

  hear({ event, record }: Pick<CallHappening, 'event' | 'record'>): void {
    if (event.name === 'node.left' && event.outcome !== null) this.#count(event.scenarioId, event.node, event.outcome);
    const before = this.#calls.get(event.callId);
    if (record.state === 'ended') return void (before && this.#remove(before));
    const arrived = event.name === 'node.entered' || !before;
    const since = arrived ? event.at : before.since;
    const row = rowOf(record, since);
    if (before && same(before, row)) return;
    this.#put(row, before);
  }

  picture(at: string): BoardPicture {
    const rows = [...this.#shown].map((id) => this.#calls.get(id)).filter((row) => row !== undefined);
    return { at, ...this.#totals(), nodes: [...this.#nodes.keys()].map((key) => this.#nodeAt(key)), rows };
  }

  /** The difference to the frame before; from here on it counts anew. */
  frame(at: string): BoardFrame {
    const shown = new Set([...this.#calls.keys()].slice(-ROWS_SHOWN).reverse());
    const rows = [...shown].filter((id) => this.#changedCalls.has(id) || !this.#shown.has(id));
    const frame: BoardFrame = {
      at,
      ...this.#totals(),
      nodes: [...this.#changedNodes].map((key) => this.#nodeAt(key)),
      rows: rows.map((id) => this.#calls.get(id)!),
      gone: [...this.#shown].filter((id) => !shown.has(id)),
      outcomes: [...this.#outcomes.values()],
    };
    this.#shown = shown;
    this.#changedCalls.clear();
    this.#changedNodes.clear();
    this.#outcomes.clear();
    this.#changed = false;
    return frame;
  }

  #put(row: BoardRow, before?: BoardRow): void {
    if (before && keyOf(before) !== keyOf(row)) this.#leave(before);
    const key = keyOf(row);
    if (key !== null && (!before || keyOf(before) !== key)) {
      const here = this.#nodes.get(key) ?? new Map<string, string>();
      this.#nodes.set(key, here.set(row.id, row.since));
      this.#changedNodes.add(key);
    }
    this.#calls.set(row.id, row);
    this.#changedCalls.add(row.id);
    this.#changed = true;
  }

  #remove(row: BoardRow): void {
    this.#leave(row);
    this.#calls.delete(row.id);
    this.#changed = true;
  }

  #leave(row: BoardRow): void {
    const key = keyOf(row);
    const here = key === null ? undefined : this.#nodes.get(key);
    if (key === null || !here) return;
    here.delete(row.id);
    if (here.size === 0) this.#nodes.delete(key);
    this.#changedNodes.add(key);
  }

  #count(scenarioId: string, node: string, outcome: string): void {
    const key = `${scenarioId} ${node} ${outcome}`;
    const calls = (this.#outcomes.get(key)?.calls ?? 0) + 1;
    this.#outcomes.set(key, { scenarioId, node, outcome, calls });
    this.#changed = true;
  }

  #nodeAt(key: string): BoardNode {
    const [scenarioId = '', node = ''] = key.split(' ');
    const here = this.#nodes.get(key);
    return { scenarioId, node, calls: here?.size ?? 0, since: here?.values().next().value ?? null };
  }

  #totals(): Totals {
    const states: Partial<Record<CallState, number>> = {};
    for (const { state } of this.#calls.values()) states[state] = (states[state] ?? 0) + 1;
    return { calls: this.#calls.size, states };
  }
}

/** Where it stands: neither ids of scenarios nor of nodes have blanks. */
const keyOf = ({ scenarioId, node }: BoardRow) =>
  scenarioId === null || node === null ? null : `${scenarioId} ${node}`;

const rowOf = (record: CallRow, since: string): BoardRow => ({
  id: record.id,
  scenarioId: record.scenarioId,
  version: record.version,
  direction: record.direction,
  from: record.from,
  to: record.to,
  state: record.state,
  node: record.node,
  since,
  startedAt: record.startedAt,
  answeredAt: record.answeredAt,
});

const same = (a: BoardRow, b: BoardRow) =>
  a.state === b.state && a.node === b.node && a.answeredAt === b.answeredAt && a.from === b.from && a.to === b.to;
