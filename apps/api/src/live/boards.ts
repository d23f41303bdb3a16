import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock, Unsubscribe } from '@callwright/kernel';
import type { Namespace, Socket } from 'socket.io';
import type { Principal } from '../auth/principal.js';
import { CallRegistry, type CallHappening } from '../calls/call-registry.js';
import { iso } from '../platform/time/system-clock.js';
import { CLOCK } from '../platform/tokens.js';
import { Board, type BoardPicture } from './board.js';
import type { Watching } from './live.schemas.js';

/** Four frames a second: fluid for an eye that looks at numbers, and the most that a page is told whatever happens. */
export const FRAME_MS = 250;

interface Watched {
  readonly workspaceId: string;
  /** Null: all scenarios. */
  readonly scenarioId: string | null;
  readonly board: Board;
}

/**
 * Boards for those who look at many calls at once (`watch`). A board is made when the first looks at it and forgotten when the last has
 * gone; a frame is made once, however many look. It shows the calls of this process.
 */
@Injectable()
export class Boards implements OnApplicationShutdown {
  readonly #watched = new Map<string, Watched>();
  readonly #unsubscribe: Unsubscribe;
  #namespace: Namespace | undefined;
  #cancelFrame: Unsubscribe | null = null;

  constructor(
    private readonly registry: CallRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#unsubscribe = registry.happened.subscribe((happening) => this.#hear(happening));
  }

  open(namespace: Namespace): void {
    this.#namespace = namespace;
  }

  onApplicationShutdown(): void {
    this.#unsubscribe();
    this.#cancelFrame?.();
  }

  /** From here on the socket hears `board.changed`; the picture is what the first of them changes. */
  async watch(socket: Socket, { workspaceId }: Principal, wanted: Watching): Promise<BoardPicture> {
    const room = roomOf(workspaceId, wanted);
    let watched = this.#watched.get(room);
    if (watched) this.#tellFrame(room, watched);
    else {
      const scenarioId = wanted.board === 'all' ? null : wanted.board.scenario;
      const calls = this.registry.of(workspaceId);
      const mine = calls.filter(({ record }) => scenarioId === null || record.scenarioId === scenarioId);
      watched = { workspaceId, scenarioId, board: new Board(mine) };
      this.#watched.set(room, watched);
    }
    // The picture first, the room in the same breath: no frame falls between them.
    const picture = watched.board.picture(this.#now());
    await socket.join(room);
    return picture;
  }

  async unwatch(socket: Socket, { workspaceId }: Principal, wanted: Watching): Promise<void> {
    await socket.leave(roomOf(workspaceId, wanted));
  }

  #hear(happening: CallHappening): void {
    if (this.#watched.size === 0) return;
    const { workspaceId, event } = happening;
    for (const watched of this.#watched.values()) {
      if (watched.workspaceId !== workspaceId) continue;
      if (watched.scenarioId === null || watched.scenarioId === event.scenarioId) watched.board.hear(happening);
    }
    this.#cancelFrame ??= this.clock.at(this.clock.now() + FRAME_MS, () => this.#frames());
  }

  #frames(): void {
    this.#cancelFrame = null;
    for (const [room, watched] of this.#watched) {
      if ((this.#namespace?.adapter.rooms.get(room)?.size ?? 0) === 0) this.#watched.delete(room);
      else this.#tellFrame(room, watched);
    }
  }

  #tellFrame(room: string, { board, scenarioId }: Watched): void {
    if (!board.changed) return;
    this.#namespace?.local.to(room).emit('board.changed', { scenario: scenarioId, ...board.frame(this.#now()) });
  }

  #now(): string {
    return iso(this.clock.now());
  }
}

const roomOf = (workspaceId: string, { board }: Watching) =>
  board === 'all' ? `${workspaceId} board` : `${workspaceId} board ${board.scenario}`;
