import { io, type Socket } from 'socket.io-client';
import type { CallSummary, LoggedEvent } from './types.js';

/** Which calls somebody follows, as `subscribe` takes it. */
export type CallFilter = 'all' | { readonly call: string } | { readonly scenario: string };

type Ack =
  | { readonly ok: true; readonly calls: readonly CallSummary[] }
  | { readonly error: { readonly code: string; readonly message: string } | string };

export type Connection = 'connecting' | 'connected' | 'lost';

export interface Follower {
  /** The calls as they stand, after every (re)connection. */
  readonly onSnapshot: (calls: readonly CallSummary[]) => void;
  readonly onEvent: (event: LoggedEvent) => void;
  readonly onConnection?: (state: Connection) => void;
}

/** Somebody who has a scenario open, in one window of theirs. */
export interface EditorPresent {
  readonly id: string;
  readonly name: string;
  readonly selection: readonly string[];
  readonly mayEdit: boolean;
}

export interface ScenarioListener {
  /** `me` is told with the answer to our own arrival: the id of this window. */
  readonly onEditors: (editors: readonly EditorPresent[], me: string | null) => void;
  readonly onSaved: (revision: number) => void;
}

type EditAck = { readonly ok: true; readonly me: string; readonly editors: readonly EditorPresent[] } | Refused;
interface Refused {
  readonly error: unknown;
}

interface Following {
  readonly filter: CallFilter;
  readonly follower: Follower;
}

let socket: Socket | null = null;
const following = new Set<Following>();
const joined = new Set<() => void>();

const closeWhenIdle = () => {
  if (following.size > 0 || joined.size > 0) return;
  socket?.disconnect();
  socket = null;
};

/** Follows calls until the returned function is called. One socket serves the whole page; it is closed when nobody follows. */
export function follow(filter: CallFilter, follower: Follower): () => void {
  const entry: Following = { filter, follower };
  following.add(entry);
  const open = connect();
  follower.onConnection?.(open.connected ? 'connected' : 'connecting');
  if (open.connected) subscribe(open, entry);
  return () => {
    following.delete(entry);
    const stillWanted = [...following].some((other) => JSON.stringify(other.filter) === JSON.stringify(filter));
    if (socket?.connected && !stillWanted) socket.emit('unsubscribe', { calls: filter });
    closeWhenIdle();
  };
}

/** Tells the others that this window has a scenario open, and hears of them and of every save, until `leave`. */
export function joinScenario(scenario: string, { onEditors, onSaved }: ScenarioListener) {
  let selection: readonly string[] = [];
  const open = connect();
  const arrive = () =>
    open.emit('edit', { scenario, selection }, (ack: EditAck) => {
      if (joined.has(arrive) && 'ok' in ack) onEditors(ack.editors, ack.me);
    });
  const heardEditors = (event: { scenarioId: string; editors: readonly EditorPresent[] }) =>
    event.scenarioId === scenario && onEditors(event.editors, null);
  const heardSave = (event: { scenarioId: string; revision: number }) =>
    event.scenarioId === scenario && onSaved(event.revision);
  joined.add(arrive);
  open.on('connect', arrive).on('editors.changed', heardEditors).on('draft.saved', heardSave);
  if (open.connected) arrive();
  return {
    point(nodes: readonly string[]) {
      selection = nodes.slice(0, 100);
      if (open.connected) arrive();
    },
    leave() {
      joined.delete(arrive);
      open.off('connect', arrive).off('editors.changed', heardEditors).off('draft.saved', heardSave);
      if (open.connected) open.emit('leave', {});
      closeWhenIdle();
    },
  };
}

function connect(): Socket {
  if (socket) return socket;
  const opened = io('/live', { transports: ['websocket', 'polling'], withCredentials: true });
  opened.on('connect', () => {
    for (const entry of following) {
      entry.follower.onConnection?.('connected');
      subscribe(opened, entry);
    }
  });
  const lost = () => following.forEach((entry) => entry.follower.onConnection?.('lost'));
  opened.on('disconnect', lost);
  opened.on('connect_error', lost);
  opened.onAny((_name: string, event: LoggedEvent | { readonly callId?: undefined }) => {
    if (event.callId === undefined) return;
    for (const entry of following) if (concerns(entry.filter, event)) entry.follower.onEvent(event);
  });
  socket = opened;
  return opened;
}

function subscribe(open: Socket, entry: Following): void {
  open.emit('subscribe', { calls: entry.filter }, (ack: Ack) => {
    if (!following.has(entry)) return;
    if ('ok' in ack) entry.follower.onSnapshot(ack.calls);
    else entry.follower.onConnection?.('lost');
  });
}

/** A page may follow all calls and one scenario at once; the socket carries both, each follower hears its own. */
const concerns = (filter: CallFilter, event: LoggedEvent): boolean =>
  filter === 'all' || ('call' in filter ? event.callId === filter.call : event.scenarioId === filter.scenario);
