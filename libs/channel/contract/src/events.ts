import type { FaxCause, FaxDirection, FaxOutcome, FaxPage, FaxSettings, FaxSignal } from '@callwright/fax';
import type { FaxTone } from './fax/fax.js';
import type { CallCause, CallState, DigitMethod, EndedBy, LegName, LegState, Prompt } from './words.js';

/** What a channel tells: plain objects, one discriminated union. The runtime adds the envelope (call, sequence, time). */
export type ChannelEvent =
  /** The call as a whole changed its state. */
  | { readonly name: 'call.state-changed'; readonly from: CallState; readonly to: CallState }
  /** A leg is answered and the audio path is open. */
  | { readonly name: 'call.answered'; readonly leg: LegName }
  /** A leg became part of the call; the caller's own is told first of all. */
  | { readonly name: 'leg.added'; readonly leg: LegName; readonly uri: string }
  /** A leg rings, is answered, is put on hold or ends. */
  | { readonly name: 'leg.state-changed'; readonly leg: LegName; readonly from: LegState; readonly to: LegState }
  /** The far end, or we, ended a leg. */
  | { readonly name: 'leg.ended'; readonly leg: LegName; readonly cause: CallCause }
  /** The first sample of a prompt is on its way. */
  | { readonly name: 'prompt.started'; readonly leg: LegName; readonly parts: Prompt }
  | { readonly name: 'prompt.ended'; readonly leg: LegName; readonly reason: 'end' | 'barge-in' | 'stopped' }
  /** A key was pressed and let go (or held so long that its length no longer matters). */
  | {
      readonly name: 'digit.received';
      readonly leg: LegName;
      readonly digit: string;
      readonly method: DigitMethod;
      readonly durationMs: number;
    }
  /** A text message came within the call. */
  | { readonly name: 'message.received'; readonly leg: LegName; readonly contentType: string; readonly text: string }
  | { readonly name: 'recording.started'; readonly recording: string; readonly leg: LegName }
  | {
      readonly name: 'recording.ended';
      readonly recording: string;
      readonly leg: LegName;
      readonly durationMs: number;
      readonly cause: 'silence' | 'max' | 'terminator' | 'hang-up' | 'stopped';
    }
  /** A fax machine was heard, or asked for T.38. */
  | { readonly name: 'fax.detected'; readonly leg: LegName; readonly tone: FaxTone }
  /** A fax began; for one that is received `document` is the name that it will have. */
  | { readonly name: 'fax.started'; readonly leg: LegName; readonly direction: FaxDirection; readonly document: string }
  /** A message of the fax procedure (T.30) went over the line. */
  | ({ readonly name: 'fax.signal'; readonly leg: LegName } & FaxSignal)
  /** The two machines agreed on how the pages go; told again when they agree anew, on a slower rate for example. */
  | ({ readonly name: 'fax.negotiated'; readonly leg: LegName } & FaxSettings)
  /** The far end confirmed a page; `of` is how many pages the document has. */
  | ({ readonly name: 'fax.page-sent'; readonly leg: LegName; readonly of: number | null } & FaxPage)
  /** A page came; `of` is null, since nobody knows how many will. */
  | ({ readonly name: 'fax.page-received'; readonly leg: LegName; readonly of: number | null } & FaxPage)
  /** A fax is over; `explanation` and `advice` are for people. */
  | {
      readonly name: 'fax.ended';
      readonly leg: LegName;
      readonly direction: FaxDirection;
      readonly document: string;
      readonly outcome: FaxOutcome;
      readonly cause: FaxCause;
      readonly explanation: string;
      readonly advice: string;
      readonly pages: number;
      readonly totalPages: number | null;
      readonly firstUnsentPage: number | null;
      readonly standard: 'T.30' | 'T.38' | null;
      readonly durationMs: number;
    }
  /** The caller's leg has ended, whoever ended it, and every other leg is released. The last event of a channel. */
  | { readonly name: 'call.channel-ended'; readonly cause: CallCause; readonly endedBy: EndedBy };

export type ChannelEventName = ChannelEvent['name'];
