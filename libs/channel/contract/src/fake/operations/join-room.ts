import type { ConferenceOptions } from '../../channel.js';
import { HeardPrompts } from '../../heard-prompts.js';
import type { Prompt } from '../../words.js';
import type { FakeRoom, RoomMember } from '../fake-room.js';
import type { LegInside } from './leg-inside.js';
import { Operation } from './operation.js';

/** Where a leg sits: what it hears there is `room.sounds(member)`. */
export interface Seat {
  readonly room: FakeRoom;
  readonly member: RoomMember;
}

/** Puts a leg into a room until it leaves or the room ends; `sit` is told where, and null in the end. */
export async function joinRoom(
  leg: LegInside,
  options: ConferenceOptions,
  signal: AbortSignal,
  sit: (seat: Seat | null) => void,
): Promise<'left' | 'ended'> {
  const { call } = leg;
  const spoken = (...prompts: readonly Prompt[]) => ({ parts: prompts.flat(), pieces: call.pieces(prompts.flat()) });
  const waitMusic = spoken(options.waitMusic);
  const entry = spoken(options.namePrefix, options.entry);
  const exit = spoken(options.namePrefix, options.exit);
  if (signal.aborted) return 'left';

  const operation = new Operation<'left' | 'ended'>();
  leg.occupy('conference', operation);
  let muted = false;
  const room = call.room(options.room);
  const member: RoomMember = {
    startOnEntry: options.startOnEntry,
    endOnExit: options.endOnExit,
    listens: options.listen,
    waitMusic,
    entry,
    exit,
    heard: new HeardPrompts({ name: leg.name, clock: call.clock, tell: (event) => call.tell(event) }),
    voice: () => (options.talk && !muted ? leg.voice() : null),
    refresh: () => leg.refresh(),
    ended: () => operation.finish(() => 'ended'),
  };
  const leave = () => operation.finish(() => 'left');
  operation.cleanup(
    leg.digits.intercept((digit) => {
      if (options.exitKeys.includes(digit)) {
        leave();
        return true;
      }
      const mutes = digit === options.muteKey;
      if (!mutes && digit !== options.unmuteKey) return false;
      // One key for both turns the mute on and off.
      muted = mutes && !(muted && options.muteKey === options.unmuteKey);
      room.refresh();
      return true;
    }),
  );
  leg.whenEnded(operation, leave);
  operation.onAbort(signal, leave);
  sit({ room, member });
  operation.cleanup(() => {
    sit(null);
    room.leave(member);
    leg.refresh();
  });
  room.enter(member);
  return operation.result;
}
