import type { Round } from './rounds.js';

/** How audio comes to a media server, and back from it. */
export interface AudioCourier {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A path on the media server under which it plays this. */
  bring(round: Round): Promise<string>;
  /** A path on the media server to which a new recording can be written. */
  recordingPlace(): string;
  /** Takes a finished recording away from the media server, to `path` here. */
  collect(place: string, path: string): Promise<void>;
}
