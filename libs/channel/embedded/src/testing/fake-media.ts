import type {
  MediaEngine,
  MediaEvent,
  MediaLoad,
  MediaParameters,
  MediaSession,
  OpenOptions,
  RecordRequest,
} from '../media/port.js';

/** A media side without packets: remembers what it was told. */
export class FakeMedia implements MediaEngine {
  readonly sessions: FakeMediaSession[] = [];
  freePorts = 100;
  tickLateP99Ms = 0;
  readonly inBandDigits = { available: false, reason: 'there is no audio' };
  readonly fax = { available: false, reason: 'Fax is off: there is no audio.' };

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  open(_options: OpenOptions): Promise<MediaSession> {
    const session = new FakeMediaSession(20_000 + this.sessions.length * 2);
    this.sessions.push(session);
    return Promise.resolve(session);
  }

  get load(): MediaLoad {
    return { sessions: this.living, freePorts: this.freePorts, tickLateP99Ms: this.tickLateP99Ms };
  }

  /** Sessions that were not closed. */
  get living(): number {
    return this.sessions.filter(({ closed }) => !closed).length;
  }
}

export class FakeMediaSession implements MediaSession {
  readonly localPort: number;
  readonly configured: MediaParameters[] = [];
  bridged: MediaSession | null = null;
  hears: MediaSession | null = null;
  closed = false;
  watched = false;
  readonly #listeners = new Set<(event: MediaEvent) => void>();

  constructor(localPort: number) {
    this.localPort = localPort;
  }

  tell(event: MediaEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  stats(): ReturnType<MediaSession['stats']> {
    return Promise.resolve({
      packetsSent: 0,
      packetsReceived: 0,
      packetsLost: 0,
      jitterMs: 0,
      roundTripMs: null,
      lockedTo: null,
    });
  }
  configure(parameters: MediaParameters): void {
    this.configured.push(parameters);
  }
  answered(): void {
    this.watched = true;
  }
  subscribe(listener: (event: MediaEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  play({ id }: { id: number }): void {
    this.tell({ type: 'play-started', id });
  }
  holdMusic: Parameters<MediaSession['hold']>[0] = null;
  hold(audio: Parameters<MediaSession['hold']>[0]): void {
    this.holdMusic = audio;
  }
  stopPlay(id: number): void {
    this.tell({ type: 'play-ended', id, reason: 'stopped', playedMs: 0 });
  }
  record(_request: RecordRequest): void {}
  stopRecord(id: number): void {
    this.tell({ type: 'record-ended', id, cause: 'stopped', durationMs: 0, bytes: 0, audioDetected: false });
  }
  overhearing = false;
  overhear(on: boolean): void {
    this.overhearing = on;
  }

  sendDigits(): void {}
  cancelDigits(id: number): void {
    this.tell({ type: 'digits-sent', id });
  }
  bridge(other: MediaSession): void {
    this.bridged = other;
  }
  listenTo(other: MediaSession): void {
    this.hears = other;
  }
  unbridge(): void {
    this.bridged = null;
    this.hears = null;
  }
  join(): void {}
  setTalk(): void {}
  leave(): void {}
  playToRoom(): void {}
  startFax(): void {}
  carryFax(): void {}
  stopFax(): void {}
  listenForFax(): void {}
  close(): void {
    this.closed = true;
  }
}
