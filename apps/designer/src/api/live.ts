import { io, type Socket } from 'socket.io-client';
import type { BoardFrame, BoardPicture, CallSummary, LoggedEvent } from './types.js';

/** Which calls somebody follows, as `subscribe` takes it. */
export type CallFilter = 'all' | { readonly call: string } | { readonly scenario: string };
/** Whose calls somebody looks at added up, as `watch` takes it. */
export type BoardFilter = 'all' | { readonly scenario: string };

type Refusal = { readonly error: { readonly code: string; readonly message: string } };
type Ack<T> = ({ readonly ok: true } & T) | Refusal;

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

export interface Watcher {
  /** The board as it stands, after every (re)connection. */
  readonly onPicture: (picture: BoardPicture) => void;
  readonly onFrame: (frame: BoardFrame) => void;
  readonly onConnection: (state: Connection) => void;
}

export interface Listener {
  /** Samples at 8,000 Hz, in turn one of the far end and one of what it hears. */
  readonly onSound: (stereo: Int16Array) => void;
  /** The leg is over, or the connection is; nothing follows. */
  readonly onEnd: () => void;
}

/** Somebody who needs the socket. */
interface Use {
  readonly filter: string;
  readonly connected: (open: Socket) => void;
  readonly lost: () => void;
}

const AGAIN_MS = 2000;

let socket: Socket | null = null;
const uses = new Set<Use>();

/** One socket serves the whole page; it is closed when nobody needs it. */
function use(one: Use): { readonly open: Socket; readonly release: () => boolean } {
  uses.add(one);
  const open = connect();
  if (open.connected) one.connected(open);
  return {
    open,
    /** Whether nobody else wants the same. */
    release: () => {
      uses.delete(one);
      const last = ![...uses].some(({ filter }) => filter === one.filter);
      if (uses.size === 0) {
        open.disconnect();
        socket = null;
      }
      return last;
    },
  };
}

function connect(): Socket {
  if (socket) return socket;
  const opened = io('/live', { transports: ['websocket', 'polling'], withCredentials: true });
  opened.on('connect', () => uses.forEach((one) => one.connected(opened)));
  const lost = () => {
    uses.forEach((one) => one.lost());
    // socket.io tries again by itself when the line breaks, but not when a server that stops or starts has sent it away.
    if (!opened.active) setTimeout(() => socket === opened && opened.connect(), AGAIN_MS);
  };
  opened.on('disconnect', lost);
  opened.on('connect_error', lost);
  socket = opened;
  return opened;
}

/** Follows calls, event by event, until the returned function is called. */
export function follow(filter: CallFilter, follower: Follower): () => void {
  let over = false;
  // Sound, boards and editors are told on the same socket: only events of a call's log name a call.
  const hear = (_name: string, event: LoggedEvent | { readonly callId?: undefined }) => {
    if (event.callId !== undefined && concerns(filter, event)) follower.onEvent(event);
  };
  follower.onConnection?.(socket?.connected ? 'connected' : 'connecting');
  const { open, release } = use({
    filter: `follow ${JSON.stringify(filter)}`,
    connected: (live) => {
      follower.onConnection?.('connected');
      live.emit('subscribe', { calls: filter }, (ack: Ack<{ calls: readonly CallSummary[] }>) => {
        if (over) return;
        if ('ok' in ack) follower.onSnapshot(ack.calls);
        else follower.onConnection?.('lost');
      });
    },
    lost: () => follower.onConnection?.('lost'),
  });
  open.onAny(hear);
  return () => {
    over = true;
    open.offAny(hear);
    if (release() && open.connected) open.emit('unsubscribe', { calls: filter });
  };
}

/** Tells the others that this window has a scenario open, and hears of them and of every save, until `leave`. */
export function joinScenario(scenario: string, { onEditors, onSaved }: ScenarioListener) {
  let selection: readonly string[] = [];
  let over = false;
  const arrive = (live: Socket) =>
    live.emit('edit', { scenario, selection }, (ack: Ack<{ me: string; editors: readonly EditorPresent[] }>) => {
      if (!over && 'ok' in ack) onEditors(ack.editors, ack.me);
    });
  const heardEditors = (event: { scenarioId: string; editors: readonly EditorPresent[] }) =>
    event.scenarioId === scenario && onEditors(event.editors, null);
  const heardSave = (event: { scenarioId: string; revision: number }) =>
    event.scenarioId === scenario && onSaved(event.revision);
  const { open, release } = use({ filter: `edit ${scenario}`, connected: arrive, lost: () => undefined });
  open.on('editors.changed', heardEditors).on('draft.saved', heardSave);
  return {
    point(nodes: readonly string[]) {
      selection = nodes.slice(0, 100);
      if (open.connected) arrive(open);
    },
    leave() {
      over = true;
      open.off('editors.changed', heardEditors).off('draft.saved', heardSave);
      if (open.connected) open.emit('leave', {});
      release();
    },
  };
}

/** Looks at a board of calls, a few frames a second however many they are, until the returned function is called. */
export function watch(filter: BoardFilter, watcher: Watcher): () => void {
  let over = false;
  let begun = false;
  const scenario = filter === 'all' ? null : filter.scenario;
  const hear = (frame: BoardFrame) => {
    if (begun && frame.scenario === scenario) watcher.onFrame(frame);
  };
  watcher.onConnection(socket?.connected ? 'connected' : 'connecting');
  const { open, release } = use({
    filter: `watch ${JSON.stringify(filter)}`,
    connected: (live) => {
      watcher.onConnection('connected');
      live.emit('watch', { board: filter }, (ack: Ack<{ board: BoardPicture }>) => {
        if (over) return;
        if (!('ok' in ack)) return watcher.onConnection('lost');
        begun = true;
        watcher.onPicture(ack.board);
      });
    },
    lost: () => {
      begun = false;
      watcher.onConnection('lost');
    },
  });
  open.on('board.changed', hear);
  return () => {
    over = true;
    open.off('board.changed', hear);
    if (release() && open.connected) open.emit('unwatch', { board: filter });
  };
}

/** Hears a leg of a running call. Resolves with how to stop, or rejects with why not, in the server's words. */
export function listen(call: string, leg: string, listener: Listener): Promise<() => void> {
  return new Promise((resolve, reject) => {
    let state: 'asked' | 'heard' | 'over' = 'asked';
    const mine = (ofCall: string, ofLeg: string) => ofCall === call && ofLeg === leg;
    const onSound = (ofCall: string, ofLeg: string, samples: ArrayBuffer) => {
      if (mine(ofCall, ofLeg)) listener.onSound(new Int16Array(samples));
    };
    const onEnded = (ofCall: string, ofLeg: string) => {
      if (mine(ofCall, ofLeg)) end();
    };
    const { open, release } = use({
      filter: `listen ${call} ${leg}`,
      connected: (live) => {
        if (state !== 'asked') return;
        live.emit('listen', { call, leg }, (ack: Ack<object>) => {
          if ('ok' in ack) {
            state = 'heard';
            resolve(stop);
          } else {
            stop();
            reject(new Error(ack.error.message));
          }
        });
      },
      // Who was cut off is not put back in secretly: it is for the person to listen again.
      lost: () => end(),
    });
    const stop = () => {
      if (state === 'over') return;
      state = 'over';
      open.off('audio.heard', onSound);
      open.off('audio.ended', onEnded);
      if (open.connected) open.emit('stop-listening', { call, leg });
      release();
    };
    const end = () => {
      if (state !== 'heard') return;
      stop();
      listener.onEnd();
    };
    open.on('audio.heard', onSound);
    open.on('audio.ended', onEnded);
  });
}

/** A page may follow all calls and one scenario at once; the socket carries both, each follower hears its own. */
const concerns = (filter: CallFilter, event: LoggedEvent): boolean =>
  filter === 'all' || ('call' in filter ? event.callId === filter.call : event.scenarioId === filter.scenario);
