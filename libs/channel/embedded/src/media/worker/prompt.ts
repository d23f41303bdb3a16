import type { G711Codec } from '@callwright/media';

/** Audio that main and workers share: encoded once, never copied. */
export interface SharedPrompt {
  readonly codec: G711Codec;
  /** On a SharedArrayBuffer. */
  readonly codes: Uint8Array;
  /** Goes on for ever: `codes` is one period. */
  readonly endless: boolean;
}
