import { createHash } from 'node:crypto';
import type { Endpoint } from './endpoint.js';

/** Somebody in a conference of FreeSWITCH, with the number that it has there. */
export interface RoomMember {
  readonly endpoint: Endpoint;
  readonly number: string;
}

/** Who is in which conference of one media server. */
export class Rooms {
  readonly #rooms = new Map<string, Set<RoomMember>>();

  get size(): number {
    return this.#rooms.size;
  }

  /** What a room is called in FreeSWITCH: its own name is somebody's text. */
  static nameOf(room: string): string {
    return `room-${createHash('sha256').update(room).digest('hex').slice(0, 32)}`;
  }

  add(room: string, member: RoomMember): void {
    const members = this.#rooms.get(room) ?? new Set();
    members.add(member);
    this.#rooms.set(room, members);
  }

  remove(room: string, member: RoomMember): void {
    const members = this.#rooms.get(room);
    members?.delete(member);
    if (members?.size === 0) this.#rooms.delete(room);
  }

  others(room: string, endpoint: Endpoint): readonly RoomMember[] {
    return [...(this.#rooms.get(room) ?? [])].filter((member) => member.endpoint !== endpoint);
  }
}
