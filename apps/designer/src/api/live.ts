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

interface Following {
  readonly filter: CallFilter;
  readonly follower: Follower;
}

let socket: Socket | null = null;
const following = new Set<Following>();

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
    if (following.size === 0) {
      socket?.disconnect();
      socket = null;
    }
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
  opened.onAny((_name: string, event: LoggedEvent) => {
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
