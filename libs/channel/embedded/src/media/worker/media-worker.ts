import { messageOf } from '@callwright/kernel';
import { SendPolicy } from '../send-policy.js';
import { DgramTransport } from '../transport/dgram.js';
import { openRawFdTransport } from '../transport/raw-fd.js';
import { PortTaken, type MediaTransport } from '../transport/transport.js';
import { FrameLane } from './frame-lane.js';
import { loadSpandsp, makeOwnDetector, type MakeInBandDetector } from './in-band.js';
import { raisePriority } from './priority.js';
import type { Command, Report, RoomCommand, SessionCommand, WorkerOptions } from './protocol.js';
import { Room } from './room.js';
import { Session, type SessionSurroundings } from './session.js';
import { SUB_TICKS, Ticker, type Turn } from './ticker.js';
import { unixNow } from './time.js';
import { warmUp } from './warm-up.js';

/** How often main is told how late the turns are: every second. */
const LOAD_EVERY = 50;

interface Seated {
  readonly id: number;
  readonly session: Session;
}

/** Everything that one thread does: its sessions and rooms, each served once every 20 ms in its own quarter of it. */
export class MediaWorker {
  readonly #options: WorkerOptions;
  readonly #post: (reports: readonly Report[]) => void;
  readonly #transport: MediaTransport;
  readonly #policy: SendPolicy;
  readonly #makeInBand: MakeInBandDetector;
  readonly #ticker = new Ticker((turn) => this.#serve(turn));
  readonly #sessions = new Map<number, Session>();
  readonly #rooms = new Map<number, Room>();
  /** Who is served in which quarter; rooms come after the sessions of theirs. */
  readonly #slots = Array.from({ length: SUB_TICKS }, () => ({ sessions: [] as Seated[], rooms: [] as Room[] }));
  #reports: Report[] = [];
  #turns = 0;

  constructor(options: WorkerOptions, post: (reports: readonly Report[]) => void) {
    this.#options = options;
    this.#post = post;
    this.#policy = new SendPolicy(options.sendPolicy);
    this.#transport = this.#openTransport();
    this.#makeInBand = this.#chooseInBand();
  }

  async start(): Promise<void> {
    await warmUp(this.#transport, this.#makeInBand);
    const refused = raisePriority();
    if (refused !== null) this.#log('info', 'Media threads run at usual priority', { reason: refused });
    this.#ticker.start();
    this.#tell({ type: 'ready', transport: this.#transport.kind, inBand: this.#options.inBand });
    this.#flush();
  }

  /** Never rejects: what one leg cannot do is that leg's end, not everybody's. */
  async handle(command: Command): Promise<void> {
    try {
      await this.#handle(command);
    } catch (error) {
      if ('session' in command) await this.#fail(command.session, error);
      else this.#log('error', 'A command to a media worker failed', { type: command.type, message: messageOf(error) });
    }
    this.#flush();
  }

  async #handle(command: Command): Promise<void> {
    if (command.type === 'open') await this.#open(command);
    else if (command.type === 'close') await this.#close(command.session);
    else if (command.type === 'stop') await this.#stop();
    else if ('room' in command) this.#obeyInRoom(command);
    // A command that crossed a close on its way is not an error.
    else this.#obey(this.#sessions.get(command.session), command);
  }

  #obeyInRoom(command: RoomCommand): void {
    switch (command.type) {
      case 'room-add': {
        const { member, up, down } = command;
        return this.#room(command.room).add(member, new FrameLane(up), down && new FrameLane(down));
      }
      case 'room-remove':
        return this.#removeFromRoom(command.room, command.member);
      case 'room-play':
        return this.#rooms.get(command.room)?.play(command.parts, command.except);
    }
  }

  #obey(session: Session | undefined, command: SessionCommand): void {
    if (!session) return;
    switch (command.type) {
      case 'configure':
        return session.configure(command.parameters, unixNow());
      case 'answered':
        return session.answered(unixNow());
      case 'play':
        return session.play(command);
      case 'hold':
        return session.hold(command.parts);
      case 'stop-play':
        return session.stopPlay(command.id);
      case 'record':
        return session.record(command.request);
      case 'stop-record':
        return session.stopRecord(command.id);
      case 'overhear':
        return session.overhear(command.on);
      case 'send-digits':
        return session.sendDigits(command);
      case 'cancel-digits':
        return session.cancelDigits(command.id);
      case 'bridge':
      case 'listen-to': {
        const other = this.#sessions.get(command.other);
        if (!other) return;
        return command.type === 'bridge' ? session.bridge(other) : session.listenTo(other);
      }
      case 'unbridge':
        return session.unbridge();
      case 'join':
        return session.join(new FrameLane(command.up), new FrameLane(command.down), command.talk, command.listen);
      case 'set-talk':
        return session.setTalk(command.talk);
      case 'leave':
        return session.leave();
      case 'lend':
        return this.#tell({ type: 'lent', session: command.session, loan: session.lend() });
      case 'take-back':
        return session.takeBack(command.position, unixNow());
      case 'listen-for-fax':
        return session.listenForFax(command.on);
      case 'stats':
        return this.#tell({ type: 'stats', request: command.request, stats: session.stats() });
    }
  }

  async #open({ session: id, address, port }: Extract<Command, { type: 'open' }>): Promise<void> {
    try {
      const sockets = await this.#transport.open(address, port);
      const session = new Session(sockets, this.#surroundings(id));
      this.#sessions.set(id, session);
      this.#emptiest().sessions.push({ id, session });
      this.#tell({ type: 'opened', session: id, localPort: sockets.rtp.localPort, descriptors: sockets.descriptors });
    } catch (error) {
      this.#tell({ type: 'not-opened', session: id, portTaken: error instanceof PortTaken, message: messageOf(error) });
    }
  }

  async #close(id: number, failure: string | null = null): Promise<void> {
    const session = this.#sessions.get(id);
    if (!session) return;
    this.#sessions.delete(id);
    for (const slot of this.#slots) slot.sessions = slot.sessions.filter((other) => other.id !== id);
    try {
      await session.close(unixNow());
    } catch (error) {
      this.#log('error', 'The media of a leg did not close cleanly', { message: messageOf(error) });
    }
    if (failure !== null) this.#tell({ type: 'event', session: id, event: { type: 'media-failed', message: failure } });
    this.#tell({ type: 'closed', session: id, stats: session.stats() });
  }

  async #stop(): Promise<void> {
    this.#ticker.stop();
    await Promise.all([...this.#sessions.keys()].map((id) => this.#close(id)));
    this.#transport.close();
  }

  #serve({ slot, skipped }: Turn): void {
    this.#transport.pollControl();
    if (skipped > 0) for (const session of this.#sessions.values()) session.skip(skipped);
    const now = unixNow();
    const { sessions, rooms } = this.#slots[slot]!;
    for (const seated of sessions) this.#serveOne(seated, now);
    for (const room of rooms) this.#serveRoom(room);
    if (slot === 0 && ++this.#turns % LOAD_EVERY === 0)
      this.#tell({ type: 'load', tickLateP99Ms: this.#ticker.lateness.p99 });
    this.#flush();
  }

  #serveOne({ id, session }: Seated, now: number): void {
    try {
      session.tick(now);
    } catch (error) {
      void this.#fail(id, error);
    }
  }

  #serveRoom(room: Room): void {
    try {
      room.tick();
    } catch (error) {
      this.#log('error', 'A conference failed', { message: messageOf(error) });
      this.#takeOut(room);
    }
  }

  /** A leg that fails (a bug of ours) does not take the others with it. */
  async #fail(session: number, error: unknown): Promise<void> {
    const message = messageOf(error);
    this.#log('error', 'The media of a leg failed', { message });
    await this.#close(session, message);
    this.#flush();
  }

  #emptiest() {
    return this.#slots.reduce((best, slot) => (slot.sessions.length < best.sessions.length ? slot : best));
  }

  #room(id: number): Room {
    let room = this.#rooms.get(id);
    if (!room) {
      room = new Room();
      this.#rooms.set(id, room);
      this.#slots[id % SUB_TICKS]!.rooms.push(room);
    }
    return room;
  }

  #removeFromRoom(id: number, member: number): void {
    const room = this.#rooms.get(id);
    room?.remove(member);
    if (!room?.empty) return;
    this.#rooms.delete(id);
    this.#takeOut(room);
  }

  #takeOut(room: Room): void {
    for (const slot of this.#slots) slot.rooms = slot.rooms.filter((other) => other !== room);
  }

  #surroundings(session: number): SessionSurroundings {
    return {
      transport: this.#transport,
      policy: this.#policy,
      makeInBand: this.#makeInBand,
      mediaTimeoutMs: this.#options.mediaTimeoutMs,
      tell: (event) => {
        this.#reports.push({ type: 'event', session, event });
      },
      warn: (message, details) => this.#log('warn', message, details),
    };
  }

  #openTransport(): MediaTransport {
    if (this.#options.transport === 'dgram') return new DgramTransport();
    const raw = openRawFdTransport();
    if (!('reason' in raw)) return raw;
    this.#tell({
      type: 'log',
      level: 'info',
      message: 'Media goes through dgram, which takes twice as long',
      details: raw,
    });
    return new DgramTransport();
  }

  #chooseInBand(): MakeInBandDetector {
    if (this.#options.inBand === 'own') return makeOwnDetector;
    const spandsp = loadSpandsp();
    if (typeof spandsp === 'function') return spandsp;
    this.#tell({
      type: 'log',
      level: 'warn',
      message: 'Keys in the audio are found by our own detector',
      details: spandsp,
    });
    return makeOwnDetector;
  }

  #log(level: 'info' | 'warn' | 'error', message: string, details: Readonly<Record<string, unknown>>): void {
    this.#tell({ type: 'log', level, message, details });
  }

  #tell(report: Report): void {
    this.#reports.push(report);
  }

  #flush(): void {
    if (this.#reports.length === 0) return;
    const reports = this.#reports;
    this.#reports = [];
    this.#post(reports);
  }
}
