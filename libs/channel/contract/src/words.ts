import { z } from 'zod';

/** The states of a call, in the words of the event log. */
export const CALL_STATES = ['incoming', 'ringing', 'answered', 'calling', 'held', 'transferred', 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** Why a call (or a leg of it) ended. */
export const CALL_CAUSES = [
  'normal',
  'busy',
  'no-answer',
  'declined',
  'cancelled',
  'not-found',
  'unreachable',
  'media-timeout',
  'rejected',
  'interrupted',
  'failed',
] as const;
export type CallCause = (typeof CALL_CAUSES)[number];

/** What a scenario may say when it hangs up. Before the answer the adapter translates it (SIP: 603, 486, 603, 404, 480). */
export const HANG_UP_CAUSES = ['normal', 'busy', 'declined', 'not-found', 'unavailable'] as const;
export type HangUpCause = (typeof HANG_UP_CAUSES)[number];

/** How a leg's end is told when a scenario hung up with that cause. */
export const CAUSE_OF_HANG_UP: Readonly<Record<HangUpCause, CallCause>> = {
  normal: 'normal',
  busy: 'busy',
  declined: 'declined',
  'not-found': 'not-found',
  unavailable: 'unreachable',
};

export const LEG_STATES = ['incoming', 'calling', 'ringing', 'answered', 'held', 'ended'] as const;
export type LegState = (typeof LEG_STATES)[number];

export type CallDirection = 'inbound' | 'outbound';
/** `caller` is the leg that the call began with (also when we placed it); a scenario names the others. */
export type LegName = string;
export type EndedBy = 'caller' | 'agent' | 'system';

export const TONES = ['ringback', 'busy', 'congestion', 'dial', 'beep'] as const;
export type ToneName = (typeof TONES)[number];

/** How a digit reached us. */
export const DIGIT_METHODS = ['rfc4733', 'in-band', 'info'] as const;
export type DigitMethod = (typeof DIGIT_METHODS)[number];

export const DIGITS = '0123456789*#ABCD';

/** Names are compared without case; each has its values in the order in which they came. */
export type Headers = Readonly<Record<string, readonly string[]>>;

/** One part of a prompt, after its expressions have been evaluated. */
export const promptPartSchema = z.union([
  z.strictObject({
    say: z.string().meta({ title: 'Say', description: 'Text that is spoken; plain text or SSML in <speak>.' }),
  }),
  z.strictObject({
    play: z
      .string()
      .min(1)
      .meta({ title: 'Play', description: 'Name of a media file or of a recording of this call.' }),
  }),
  z.strictObject({ tone: z.enum(TONES).meta({ title: 'Tone', description: 'A named tone.' }) }),
  z.strictObject({ silence: z.int().min(0).max(3_600_000).meta({ title: 'Silence', description: 'Silence, in ms.' }) }),
]);
export type PromptPart = z.infer<typeof promptPartSchema>;
export type Prompt = readonly PromptPart[];

export const promptSchema = z
  .array(promptPartSchema)
  .meta({ title: 'Prompt', description: 'What the caller hears, part after part.' });
