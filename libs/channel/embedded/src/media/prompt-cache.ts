import type { PromptAudio } from '@callwright/channel-contract';
import { encodeG711, type G711Codec } from '@callwright/media';
import type { SharedPrompt } from './worker/prompt.js';

/** Prompts are encoded once for each codec and shared with every worker and call; the least used ones go when there are too many. */
export class PromptCache {
  readonly #maxBytes: number;
  /** In the order of their last use. */
  readonly #prompts = new Map<string, SharedPrompt>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(audio: PromptAudio, codec: G711Codec): SharedPrompt {
    const key = `${codec} ${audio.key}`;
    const known = this.#prompts.get(key);
    if (known) {
      this.#prompts.delete(key);
      this.#prompts.set(key, known);
      return known;
    }
    const codes = encodeG711(codec, audio.pcm, new Uint8Array(new SharedArrayBuffer(audio.pcm.length)));
    const prompt = { codec, codes, endless: audio.endless ?? false };
    this.#prompts.set(key, prompt);
    this.#bytes += codes.length;
    this.#forget();
    return prompt;
  }

  /** What is being played stays alive in its worker. */
  #forget(): void {
    for (const [key, { codes }] of this.#prompts) {
      if (this.#bytes <= this.#maxBytes || this.#prompts.size === 1) return;
      this.#prompts.delete(key);
      this.#bytes -= codes.length;
    }
  }
}
