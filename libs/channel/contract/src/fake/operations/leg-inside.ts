import type { Clock } from '@callwright/kernel';
import type { DigitInbox } from '../../digit-queue.js';
import type { ChannelEvent } from '../../events.js';
import type { LegName, Prompt } from '../../words.js';
import type { FakeFarEnd } from '../fake-far-end.js';
import type { FakeRoom } from '../fake-room.js';
import type { Piece, Sound } from '../sound.js';
import type { Running } from './operation.js';

/** Of the things that a leg does, only one at a time. */
export type Activity = 'prompt' | 'bridge' | 'conference' | 'fax';

/** What operations need of the call. */
export interface CallInside {
  readonly clock: Clock;
  tell(event: ChannelEvent): void;
  /** Throws `media.not-found`, `speech.unavailable`. */
  pieces(prompt: Prompt): readonly Piece[];
  room(name: string): FakeRoom;
  /** Throws `fax.unavailable`. */
  requireFax(): void;
  /** How many pages a document has. Throws `fax.document-not-found`. */
  faxPages(document: string): number;
  /** A document was received. */
  faxReceived(document: string, pages: number): void;
  /** Throws `call.recording-exists`. */
  claimRecording(name: string): void;
  /** A recording is complete; `voice` is what was heard in it last. */
  recorded(name: string, durationMs: number, voice: Sound | null): void;
}

/** A leg as its own operations see it. */
export interface LegInside {
  readonly name: LegName;
  readonly call: CallInside;
  readonly digits: DigitInbox;
  readonly farEnd: FakeFarEnd;
  /** What the far end says now and we can hear; null: nothing. */
  voice(): Sound | null;
  /** Tells the far end what it hears now. */
  refresh(): void;
  /** One of the sounds that we send on our own, by what it is for. */
  sender(slot: 'ringtone' | 'prompt' | 'beep' | 'digit' | 'hold-music'): (sound: Sound | null) => void;
  /** The leg does nothing else of its kind until the operation ends. */
  occupy(activity: Activity, operation: Running): void;
  /** While the operation runs: the leg ends, a key is pressed, a voice begins or ends. */
  whenEnded(operation: Running, task: () => void): void;
  whenPressed(operation: Running, task: () => void): void;
  whenVoiceChanges(operation: Running, task: () => void): void;
}
