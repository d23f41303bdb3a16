import { HeardPrompts, type ConferenceOptions, type Prompt, type PromptAudio } from '@callwright/channel-contract';
import { samplesOf, withAnEnd, type LegCore } from './leg-operations.js';
import { playQuietly } from './play.js';

const SAMPLES_PER_MS = 8;

/** Something to be played, and what it was made of. */
interface Spoken {
  readonly parts: Prompt;
  readonly audio: readonly PromptAudio[];
}

/** One leg in a room. */
interface Member {
  readonly leg: LegCore;
  readonly options: ConferenceOptions;
  readonly waitMusic: Spoken;
  readonly entry: Spoken;
  readonly exit: Spoken;
  /** Tells of what it hears of the room. */
  readonly heard: HeardPrompts;
  readonly ended: () => void;
  talks: boolean;
  music: { stop: () => void } | null;
}

interface Room {
  readonly name: string;
  readonly members: Set<Member>;
  started: boolean;
}

/** Who is in which room. The mixing is done by the media side; who may be heard, waits or has to go is decided here. */
export class ConferenceRooms {
  readonly #rooms = new Map<string, Room>();

  get size(): number {
    return this.#rooms.size;
  }

  enter(member: Member): void {
    const name = `${member.leg.workspaceId}/${member.options.room}`;
    const room = this.#rooms.get(name) ?? { name, members: new Set(), started: false };
    this.#rooms.set(name, room);
    room.members.add(member);
    if (!room.started && member.options.startOnEntry) this.#start(room);
    else if (room.started) this.#join(room, member);
    else this.#wait(member);
    this.#announce(room, member, member.entry);
  }

  /** False when it was not in the room any more. */
  leave(member: Member): boolean {
    const room = [...this.#rooms.values()].find(({ members }) => members.has(member));
    if (!room) return false;
    if (!member.options.endOnExit) this.#announce(room, member, member.exit);
    this.#part(room, member);
    if (member.options.endOnExit) {
      for (const other of [...room.members]) {
        this.#part(room, other);
        other.ended();
      }
    }
    if (room.members.size === 0) this.#rooms.delete(room.name);
    return true;
  }

  setTalk(member: Member, talks: boolean): void {
    member.talks = talks;
    member.leg.media.session.setTalk(talks && member.options.talk);
  }

  #start(room: Room): void {
    room.started = true;
    for (const member of room.members) this.#join(room, member);
  }

  #wait(member: Member): void {
    const { parts, audio } = member.waitMusic;
    if (samplesOf(audio) === 0) return;
    member.heard.began(parts, Infinity);
    member.music = playQuietly(member.leg, audio, 0);
  }

  #silence(member: Member): void {
    member.music?.stop();
    member.music = null;
    member.heard.stop();
  }

  #join(room: Room, member: Member): void {
    this.#silence(member);
    member.leg.media.session.join(room.name, {
      talk: member.talks && member.options.talk,
      listen: member.options.listen,
    });
  }

  #part(room: Room, member: Member): void {
    room.members.delete(member);
    this.#silence(member);
    if (room.started) member.leg.media.session.leave();
  }

  /** To the others who listen. */
  #announce(room: Room, member: Member, { parts, audio: given }: Spoken): void {
    const audio = withAnEnd(given);
    const audience = [...room.members].filter((other) => other !== member && other.options.listen);
    if (!room.started || samplesOf(audio) === 0 || audience.length === 0) return;
    member.leg.media.session.playToRoom(room.name, audio);
    for (const { heard } of audience) heard.began(parts, samplesOf(audio) / SAMPLES_PER_MS);
  }
}

/** Puts a leg into a room (`Leg.joinConference`). */
export async function joinConference(
  leg: LegCore,
  options: ConferenceOptions,
  signal: AbortSignal,
  beforeSound: () => void,
): Promise<'left' | 'ended'> {
  const spoken = async (...prompts: readonly Prompt[]): Promise<Spoken> => {
    const parts = prompts.flat();
    return { parts, audio: await leg.audio(parts, {}) };
  };
  const [waitMusic, entry, exit] = await Promise.all([
    spoken(options.waitMusic),
    spoken(options.namePrefix, options.entry),
    spoken(options.namePrefix, options.exit),
  ]);
  if (signal.aborted || leg.ended) return 'left';
  beforeSound();

  let finish: (how: 'left' | 'ended') => void = () => undefined;
  const result = new Promise<'left' | 'ended'>((resolve) => (finish = resolve));
  const member: Member = {
    leg,
    options,
    waitMusic,
    entry,
    exit,
    heard: new HeardPrompts(leg),
    ended: () => finish('ended'),
    talks: true,
    music: null,
  };
  const leave = () => {
    leg.rooms.leave(member);
    finish('left');
  };
  const unintercept = leg.digits.intercept((digit) => {
    if (options.exitKeys.includes(digit)) {
      leave();
      return true;
    }
    const mutes = digit === options.muteKey;
    if (!mutes && digit !== options.unmuteKey) return false;
    // One key for both turns the mute on and off.
    leg.rooms.setTalk(member, !mutes || (!member.talks && options.muteKey === options.unmuteKey));
    return true;
  });
  signal.addEventListener('abort', leave, { once: true });
  leg.watch({ result, expectEnd: leave });
  leg.rooms.enter(member);
  const how = await result;
  unintercept();
  signal.removeEventListener('abort', leave);
  return how;
}
