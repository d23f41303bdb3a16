import type { HangUpCause, Headers } from '@callwright/channel-contract';

/** The signalling of one leg, as its leg sees it. What happens on it is told through `LineEvents`. */
export interface Line {
  /** Tells a caller that it rings; `withAudio`: early media goes with it. */
  ring(withAudio: boolean): void;
  /** Answers a caller; resolves when both sides have agreed on audio, with false when they cannot. */
  answer(headers: Headers): Promise<boolean>;
  /** Refuses, cancels or says goodbye, whichever it takes now. */
  release(cause: HangUpCause): void;
  /** Offers the audio anew (hold, resume). False when the far end refuses. */
  reoffer(): Promise<boolean>;
  /** A text message; false when it is refused. */
  message(text: string): Promise<boolean>;
}
