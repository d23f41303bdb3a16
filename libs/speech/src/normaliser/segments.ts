/** How a stretch of text is to sound, relative to the voice's own manner. */
export interface Prosody {
  /** Speed: 1 is the voice's own, 2 is twice as fast. Between 0.3 and 3. */
  readonly rate: number;
  /** Pitch: 1 is the voice's own, 2 an octave higher. Between 0.5 and 2. */
  readonly pitch: number;
  /** Loudness in dB on top of the usual level. Between -60 and 12. */
  readonly volumeDb: number;
}

export const PLAIN_PROSODY: Prosody = { rate: 1, pitch: 1, volumeDb: 0 };

/** Words to be spoken in one manner. Free of digits that need reading rules, of markup and of control characters. */
export interface TextSegment {
  readonly kind: 'text';
  readonly text: string;
  /** BCP 47, as the author wrote it. */
  readonly language: string;
  /** As the author wrote it; undefined: whatever is usual for the language. */
  readonly voice: string | undefined;
  readonly prosody: Prosody;
}

export interface BreakSegment {
  readonly kind: 'break';
  readonly ms: number;
}

export type Segment = TextSegment | BreakSegment;

/** The manner in which text is spoken at one place of the document. */
export type Manner = Omit<TextSegment, 'kind' | 'text'>;
