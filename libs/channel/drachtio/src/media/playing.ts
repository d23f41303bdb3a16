import type { PromptAudio } from '@callwright/channel-contract';
import type { MediaEvent } from '@callwright/channel-embedded/calls';
import type { AudioCourier } from './courier.js';
import type { Endpoint } from './endpoint.js';
import { durationMs, roundsOf, type Round } from './rounds.js';

type PlayEnded = Extract<MediaEvent, { type: 'play-ended' }>;
type Reason = PlayEnded['reason'];

export interface PlayingParts {
  readonly endpoint: Endpoint;
  readonly courier: AudioCourier;
  readonly tell: (event: MediaEvent) => void;
  readonly failed: (error: unknown) => void;
}

export interface PlayRequest {
  readonly id: number;
  readonly audio: readonly PromptAudio[];
  readonly loop: number;
  readonly bargeIn: boolean;
}

/** One prompt on one leg, from its files to its end. */
export class Playing {
  readonly request: PlayRequest;
  readonly #parts: PlayingParts;
  #startedAt: number | null = null;
  #stopping: Reason | null = null;
  #ended = false;

  constructor(request: PlayRequest, parts: PlayingParts) {
    this.request = request;
    this.#parts = parts;
    this.#run().catch((error: unknown) => {
      parts.failed(error);
      this.#finish('stopped');
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** FreeSWITCH says that it plays a file. */
  started(): void {
    if (this.#ended || this.#startedAt !== null) return;
    this.#startedAt = performance.now();
    this.#parts.tell({ type: 'play-started', id: this.request.id });
  }

  stop(reason: Exclude<Reason, 'end'>): void {
    if (this.#ended || this.#stopping) return;
    this.#stopping = reason;
    // With `all`, what was ordered but has not begun is forgotten, so its end would never be told.
    this.#parts.endpoint.tell('uuid_break', this.#parts.endpoint.uuid, 'all');
    if (this.#startedAt === null) this.#finish(reason);
  }

  /** The leg is over. */
  cut(): void {
    this.#finish(this.#stopping ?? 'stopped');
  }

  async #run(): Promise<void> {
    const { audio, loop } = this.request;
    const rounds = roundsOf(audio, loop);
    const paths = await Promise.all(rounds.map((round) => this.#parts.courier.bring(round)));
    for (const [index, round] of rounds.entries())
      for (let time = 0; time < round.times; time++) {
        if (this.#over) return;
        const event = await this.#parts.endpoint.execute('playback', paths[index]!);
        const answer = event.getHeader('Application-Response') ?? '';
        if (this.#over) return this.#finish(this.#stopping ?? 'stopped');
        if (answer !== 'FILE PLAYED') throw new Error(`FreeSWITCH did not play a prompt: ${answer}`);
      }
    this.#finish('end', rounds);
  }

  get #over(): boolean {
    return this.#ended || this.#stopping !== null || this.#parts.endpoint.closed;
  }

  #finish(reason: Reason, rounds: readonly Round[] = []): void {
    if (this.#ended) return;
    this.#ended = true;
    const whole = rounds.reduce((sum, { parts, times }) => sum + durationMs(parts) * times, 0);
    const elapsed = this.#startedAt === null ? 0 : Math.round(performance.now() - this.#startedAt);
    this.#parts.tell({
      type: 'play-ended',
      id: this.request.id,
      reason,
      playedMs: reason === 'end' ? Math.round(whole) : elapsed,
    });
  }
}
