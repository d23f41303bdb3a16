import type { Logger } from '@callwright/channel-embedded/calls';
import type { Endpoint } from './endpoint.js';
import { Rooms, type RoomMember } from './rooms.js';

export interface StayParts {
  readonly endpoint: Endpoint;
  readonly rooms: Rooms;
  readonly logger: Logger;
}

/** One stay in one room; what is asked before FreeSWITCH has said which member it is, is done then. */
export class Stay {
  readonly #name: string;
  readonly #parts: StayParts;
  #talk: boolean;
  #talksNow: boolean;
  #left = false;
  #member: RoomMember | null = null;

  constructor(room: string, talk: boolean, parts: StayParts) {
    this.#name = Rooms.nameOf(room);
    this.#talk = talk;
    this.#talksNow = talk;
    this.#parts = parts;
  }

  enter(listen: boolean): void {
    const { endpoint, logger } = this.#parts;
    const flags = [...(this.#talk ? [] : ['mute']), ...(listen ? [] : ['deaf'])];
    const room = `${this.#name}@default${flags.length === 0 ? '' : `+flags{${flags.join('|')}}`}`;
    endpoint.execute('conference', room).then(
      () => this.#gone(),
      (error: unknown) => logger.error('A leg could not enter a room.', { leg: endpoint.uuid, error: String(error) }),
    );
  }

  entered(number: string): void {
    if (this.#member) return;
    const { endpoint, rooms } = this.#parts;
    this.#member = { endpoint, number };
    if (this.#left) return this.#kick();
    rooms.add(this.#name, this.#member);
    this.#mute();
  }

  setTalk(talk: boolean): void {
    this.#talk = talk;
    this.#mute();
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#gone();
    this.#kick();
  }

  #mute(): void {
    if (!this.#member || this.#talk === this.#talksNow) return;
    this.#talksNow = this.#talk;
    this.#parts.endpoint.tell('conference', this.#name, this.#talk ? 'unmute' : 'mute', this.#member.number);
  }

  #kick(): void {
    const { endpoint } = this.#parts;
    if (this.#member && !endpoint.closed) endpoint.tell('conference', this.#name, 'kick', this.#member.number);
  }

  #gone(): void {
    if (this.#member) this.#parts.rooms.remove(this.#name, this.#member);
  }
}
