import { ConferenceMixer, decodeTable, FRAME_SAMPLES, mixInto } from '@callwright/media';
import type { FrameLane } from './frame-lane.js';
import { Player } from './player.js';
import type { SharedPrompt } from './prompt.js';

interface Member {
  /** What they say, and what they are to hear (null: they do not listen). */
  readonly up: FrameLane;
  readonly down: FrameLane | null;
  readonly frame: Int16Array;
  speaks: boolean;
}

interface Announcement {
  readonly player: Player;
  /** Who does not hear it. */
  readonly except: number;
  readonly frame: Int16Array;
}

/** A conference: hears all members once every 20 ms and gives each the others. Members may live on other workers. */
export class Room {
  readonly #members = new Map<number, Member>();
  readonly #mixer = new ConferenceMixer();
  readonly #mix = new Int16Array(FRAME_SAMPLES);
  readonly #codes = new Uint8Array(FRAME_SAMPLES);
  #announcements: Announcement[] = [];

  add(session: number, up: FrameLane, down: FrameLane | null): void {
    this.#members.set(session, { up, down, frame: new Int16Array(FRAME_SAMPLES), speaks: false });
  }

  remove(session: number): void {
    this.#members.delete(session);
  }

  play(parts: readonly SharedPrompt[], except: number): void {
    this.#announcements.push({ player: new Player(parts, 1), except, frame: new Int16Array(FRAME_SAMPLES) });
  }

  get empty(): boolean {
    return this.#members.size === 0;
  }

  tick(): void {
    this.#mixer.begin();
    for (const member of this.#members.values()) {
      member.speaks = member.up.take(member.frame);
      if (member.speaks) this.#mixer.add(member.frame);
    }
    this.#announce();
    for (const [session, member] of this.#members) {
      if (!member.down) continue;
      let something = this.#mixer.mixFor(member.speaks ? member.frame : null, this.#mix);
      for (const { except, frame } of this.#announcements) {
        if (except === session) continue;
        if (something) mixInto(this.#mix, frame);
        else this.#mix.set(frame);
        something = true;
      }
      if (something) member.down.push(this.#mix);
    }
  }

  #announce(): void {
    if (this.#announcements.length === 0) return;
    this.#announcements = this.#announcements.filter(({ player }) => !player.ended);
    const table = decodeTable('PCMU');
    for (const { player, frame } of this.#announcements) {
      player.fill(this.#codes, 0, 'PCMU');
      for (let n = 0; n < FRAME_SAMPLES; n++) frame[n] = table[this.#codes[n]!]!;
    }
  }
}
