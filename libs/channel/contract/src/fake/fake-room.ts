import type { Clock } from '@callwright/kernel';
import type { HeardPrompts } from '../heard-prompts.js';
import type { Prompt } from '../words.js';
import { lengthOf, startPlayer, type Player } from './player.js';
import { withAnEnd, type Piece, type Sound } from './sound.js';

/** Something to be played, and what it was made of. */
export interface Spoken {
  readonly parts: Prompt;
  readonly pieces: readonly Piece[];
}

/** One leg in a room, seen from the room. */
export interface RoomMember {
  readonly startOnEntry: boolean;
  readonly endOnExit: boolean;
  /** Listens to the others. */
  readonly listens: boolean;
  readonly waitMusic: Spoken;
  readonly entry: Spoken;
  readonly exit: Spoken;
  /** Tells of what it hears of the room. */
  readonly heard: HeardPrompts;
  /** What it says now and the others may hear; null while it is silent, muted or on hold. */
  voice(): Sound | null;
  /** What it can hear has changed. */
  refresh(): void;
  /** The room ended under it. */
  ended(): void;
}

/** A conference room: everybody hears everybody else, or waiting music until somebody starts it. */
export class FakeRoom {
  readonly #clock: Clock;
  readonly #onEmpty: () => void;
  readonly #members = new Map<RoomMember, { music: Sound | null; player: Player | null }>();
  readonly #announcements = new Set<{ sound: Sound | null; readonly audience: Set<RoomMember> }>();
  #started = false;

  constructor(clock: Clock, onEmpty: () => void) {
    this.#clock = clock;
    this.#onEmpty = onEmpty;
  }

  get size(): number {
    return this.#members.size;
  }

  enter(member: RoomMember): void {
    this.#members.set(member, { music: null, player: null });
    if (!this.#started && member.startOnEntry) this.#start();
    else if (!this.#started) this.#playMusic(member);
    this.#announce(member.entry, member);
    this.refresh();
  }

  /** Gives false when it was not in here any more. */
  leave(member: RoomMember): boolean {
    const place = this.#members.get(member);
    if (!place) return false;
    this.#members.delete(member);
    place.player?.stop();
    member.heard.stop();
    for (const { audience } of this.#announcements) audience.delete(member);
    if (member.endOnExit) this.#end();
    else {
      this.#announce(member.exit, member);
      this.refresh();
    }
    if (this.#members.size === 0) this.#onEmpty();
    return true;
  }

  /** What this member hears now. */
  sounds(member: RoomMember): readonly Sound[] {
    const place = this.#members.get(member);
    if (!place) return [];
    const sounds: Sound[] = [];
    if (place.music) sounds.push(place.music);
    if (!member.listens) return sounds;
    for (const { sound, audience } of this.#announcements) if (sound && audience.has(member)) sounds.push(sound);
    if (!this.#started) return sounds;
    for (const other of this.#members.keys()) {
      const voice = other === member ? null : other.voice();
      if (voice) sounds.push(voice);
    }
    return sounds;
  }

  refresh(): void {
    for (const member of this.#members.keys()) member.refresh();
  }

  #start(): void {
    this.#started = true;
    this.#silence();
  }

  #end(): void {
    const members = [...this.#members.keys()];
    this.#silence();
    this.#members.clear();
    for (const member of members) member.ended();
  }

  #silence(): void {
    for (const [member, place] of this.#members) {
      place.player?.stop();
      member.heard.stop();
    }
  }

  #playMusic(member: RoomMember): void {
    const place = this.#members.get(member);
    const { parts, pieces } = member.waitMusic;
    if (!place || lengthOf(pieces) === 0) return;
    member.heard.began(parts, Infinity);
    place.player = startPlayer({
      clock: this.#clock,
      pieces,
      loop: 0,
      onSound: (sound) => {
        place.music = sound;
        member.refresh();
      },
      onEnd: () => {},
    });
  }

  /** Plays to the others who are in here now. */
  #announce({ parts, pieces: given }: Spoken, from: RoomMember): void {
    const pieces = withAnEnd(given);
    const audience = new Set([...this.#members.keys()].filter((member) => member !== from && member.listens));
    if (!this.#started || lengthOf(pieces) === 0 || audience.size === 0) return;
    const announcement = { sound: null as Sound | null, audience };
    for (const { heard } of audience) heard.began(parts, lengthOf(pieces));
    this.#announcements.add(announcement);
    startPlayer({
      clock: this.#clock,
      pieces,
      loop: 1,
      onSound: (sound) => {
        announcement.sound = sound;
        for (const member of announcement.audience) member.refresh();
      },
      onEnd: () => this.#announcements.delete(announcement),
    });
  }
}
