import { follow, type CallFilter, type Connection } from '../api/live.js';
import type { Call, CallSummary, LoggedEvent } from '../api/types.js';
import { reduceCall } from './reduceCall.js';

/** How often the page is told: a few frames a second, however many calls there are. */
const FRAME_MS = 200;

const NONE: readonly Call[] = [];

/** A call that was under way already: lists do not tell its path, legs and call data. */
const begun = (call: CallSummary): Call => ({ ...call, path: [], variables: {}, legs: [] });

/** The live calls that somebody follows, kept up to date by their events and told to the page in frames. */
export class LiveCalls {
  private calls = new Map<string, Call>();
  private list: readonly Call[] = NONE;
  private byNode = new Map<string, readonly Call[]>();
  private state: Connection = 'connecting';
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** Follows until the returned function is called. */
  start(filter: CallFilter): () => void {
    const stop = follow(filter, {
      onSnapshot: (calls) => {
        this.calls = new Map(calls.filter(({ state }) => state !== 'ended').map((call) => [call.id, begun(call)]));
        this.changed();
      },
      onEvent: (event) => this.hear(event),
      onConnection: (state) => {
        this.state = state;
        this.changed();
      },
    });
    return () => {
      stop();
      if (this.timer !== null) clearTimeout(this.timer);
      this.timer = null;
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Newest first. The same array until something changes. */
  readonly all = (): readonly Call[] => this.list;
  readonly at = (node: string): readonly Call[] => this.byNode.get(node) ?? NONE;
  readonly connection = (): Connection => this.state;

  private hear(event: LoggedEvent): void {
    if (event.name === 'run.ended') {
      if (this.calls.delete(event.callId)) this.changed();
      return;
    }
    const before = this.calls.get(event.callId);
    const after = reduceCall(before, event);
    if (after === undefined || after === before) return;
    this.calls.set(event.callId, after);
    this.changed();
  }

  private changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.list = [...this.calls.values()].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
      this.byNode = group(this.list, this.byNode);
      for (const listener of this.listeners) listener();
    }, FRAME_MS);
  }
}

/** Calls by node; a node whose calls are the same keeps its array, so that only nodes with a change are drawn again. */
function group(list: readonly Call[], before: ReadonlyMap<string, readonly Call[]>): Map<string, readonly Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of list) {
    if (call.node === null) continue;
    const here = groups.get(call.node);
    if (here) here.push(call);
    else groups.set(call.node, [call]);
  }
  const kept = new Map<string, readonly Call[]>();
  for (const [node, calls] of groups) {
    const old = before.get(node);
    kept.set(node, old?.length === calls.length && old.every((call, index) => call === calls[index]) ? old : calls);
  }
  return kept;
}
