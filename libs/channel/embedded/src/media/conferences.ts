import type { SessionHandle } from './session-handle.js';
import { LANE_BYTES } from './worker/frame-lane.js';
import type { SharedPrompt } from './worker/prompt.js';
import type { WorkerThread } from './worker-thread.js';

interface Conference {
  readonly room: number;
  readonly worker: WorkerThread;
  readonly members: Set<SessionHandle>;
}

/** Who is in which room. A room lives on the worker of whoever opened it; frames of members elsewhere go through shared memory. */
export class Conferences {
  readonly #byName = new Map<string, Conference>();
  readonly #nameOf = new Map<SessionHandle, string>();
  #nextRoom = 1;

  join(
    session: SessionHandle,
    name: string,
    { talk, listen }: { readonly talk: boolean; readonly listen: boolean },
  ): void {
    this.leave(session);
    let conference = this.#byName.get(name);
    if (!conference) {
      conference = { room: this.#nextRoom++, worker: session.worker, members: new Set() };
      this.#byName.set(name, conference);
    }
    conference.members.add(session);
    this.#nameOf.set(session, name);
    const up = new SharedArrayBuffer(LANE_BYTES);
    const down = new SharedArrayBuffer(LANE_BYTES);
    conference.worker.post({
      type: 'room-add',
      room: conference.room,
      member: session.id,
      up,
      down: listen ? down : null,
    });
    session.worker.post({ type: 'join', session: session.id, up, down, talk, listen });
  }

  leave(session: SessionHandle): void {
    const name = this.#nameOf.get(session);
    const conference = name === undefined ? undefined : this.#byName.get(name);
    if (name === undefined || !conference) return;
    this.#nameOf.delete(session);
    conference.members.delete(session);
    if (conference.members.size === 0) this.#byName.delete(name);
    session.worker.post({ type: 'leave', session: session.id });
    conference.worker.post({ type: 'room-remove', room: conference.room, member: session.id });
  }

  play(from: SessionHandle, name: string, parts: readonly SharedPrompt[]): void {
    const conference = this.#byName.get(name);
    conference?.worker.post({ type: 'room-play', room: conference.room, except: from.id, parts });
  }

  /** The rooms of a dead worker open anew, elsewhere, for those of their members that still live. */
  workerDied(worker: WorkerThread): void {
    for (const [name, conference] of this.#byName) {
      if (conference.worker !== worker) continue;
      this.#byName.delete(name);
      for (const member of conference.members) {
        this.#nameOf.delete(member);
        if (member.worker !== worker) this.join(member, name, { talk: true, listen: true });
      }
    }
  }
}
