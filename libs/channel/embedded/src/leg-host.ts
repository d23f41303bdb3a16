import type {
  CallCause,
  ChannelEvent,
  EndedBy,
  LegName,
  Prompt,
  PromptAudio,
  RecordingStore,
} from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import type { ConferenceRooms } from './conference.js';
import type { LegLife } from './leg-life.js';
import type { LegFaxHost } from './fax/leg-fax.js';
import type { Voice } from './leg-operations.js';
import type { Logger } from './logger.js';

/** What a leg needs of the call that it belongs to. */
export interface LegHost {
  readonly callId: string;
  readonly workspaceId: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly recordings: RecordingStore;
  readonly rooms: ConferenceRooms;
  readonly faxes: Omit<LegFaxHost, 'line'>;
  /** No media for so long ends the leg. */
  readonly mediaTimeoutMs: number;
  tell(event: ChannelEvent): void;
  audio(prompt: Prompt, voice: Voice): Promise<readonly PromptAudio[]>;
  legChanged(leg: LegLife): void;
  /** At once, before anything is told. */
  legEnding(leg: LegLife, cause: CallCause, by: EndedBy): void;
  /** Everything under way on it has settled and its end is told. */
  legEnded(leg: LegLife): void;
}

export interface LegSetup {
  readonly name: LegName;
  readonly uri: string;
  readonly placedByUs: boolean;
}

/** Somebody who is interested in what a leg sounds like before its far end answers. */
export interface EarlyListener {
  /** From now on there may be something to hear. */
  agreed(): void;
  /** There is. */
  sounds(): void;
}
