import { channelError, type PromptAudio } from '@callwright/channel-contract';
import type { LegCore } from './leg-operations.js';
import type { Line } from './line.js';

export interface LegHoldHost {
  line(): Line | null;
  isAnswered(): boolean;
  /** The far end agreed. */
  changed(): void;
}

/** Puts the far end of a leg on hold and takes it back (`Leg.hold`, `Leg.resume`). */
export class LegHold {
  readonly #leg: LegCore;
  readonly #host: LegHoldHost;
  /** Of the hold that is, or was last. */
  #music: readonly PromptAudio[] = [];

  constructor(leg: LegCore, host: LegHoldHost) {
    this.#leg = leg;
    this.#host = host;
  }

  async begin(music: () => Promise<readonly PromptAudio[]>): Promise<void> {
    this.#requireLife();
    if (!this.#host.isAnswered()) throw channelError('call.not-answered', { leg: this.#leg.name });
    if (this.#leg.media.heldByUs) return;
    await this.#set(true, await music());
  }

  async end(): Promise<void> {
    this.#requireLife();
    if (this.#host.isAnswered()) await this.#set(false, this.#music);
  }

  async #set(held: boolean, music: readonly PromptAudio[]): Promise<void> {
    this.#requireLife();
    const { media } = this.#leg;
    if (media.heldByUs === held) return;
    this.#music = music;
    media.holdByUs(held, music);
    const agreed = await this.#host.line()?.reoffer();
    this.#requireLife();
    if (!agreed) {
      // What was refused did not happen: the session is what it was before (RFC 3261 section 14.1).
      media.holdByUs(!held, music);
      throw channelError('call.hold-refused', { leg: this.#leg.name });
    }
    this.#host.changed();
  }

  #requireLife(): void {
    if (this.#leg.ended) throw channelError('call.gone', { leg: this.#leg.name });
  }
}
