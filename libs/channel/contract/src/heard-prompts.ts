import type { Clock } from '@callwright/kernel';
import type { ChannelEvent } from './events.js';
import type { LegName, Prompt } from './words.js';

/** Of a leg what is told of the prompts that it hears. */
export interface PromptHearer {
  readonly name: LegName;
  readonly clock: Clock;
  tell(event: ChannelEvent): void;
}

/** Tells of prompts that a leg hears without being the one that they are played to: waiting music, announcements of a room. For adapters. */
export class HeardPrompts {
  readonly #leg: PromptHearer;
  readonly #sounding = new Set<() => void>();

  constructor(leg: PromptHearer) {
    this.#leg = leg;
  }

  /** One begins that is over after so long (`Infinity`: it goes on). */
  began(parts: Prompt, durationMs: number): void {
    const { name: leg, clock } = this.#leg;
    let cancel = () => {};
    const end = (reason: 'end' | 'stopped') => {
      cancel();
      this.#sounding.delete(stop);
      this.#leg.tell({ name: 'prompt.ended', leg, reason });
    };
    const stop = () => end('stopped');
    this.#sounding.add(stop);
    this.#leg.tell({ name: 'prompt.started', leg, parts });
    if (durationMs !== Infinity) cancel = clock.at(clock.now() + durationMs, () => end('end'));
  }

  /** Nothing of it is heard any more. */
  stop(): void {
    for (const stop of [...this.#sounding]) stop();
  }
}
