import {
  channelError,
  createDigitQueue,
  type CallCause,
  type ChannelEvent,
  type DigitInbox,
  type EndedBy,
  type HangUpCause,
  type LegName,
  type LegState,
  type Prompt,
  type PromptAudio,
  type RecordingStore,
} from '@callwright/channel-contract';
import type { Clock } from '@callwright/kernel';
import type { ConferenceRooms } from './conference.js';
import type { LegHost, LegSetup } from './leg-host.js';
import type { LegMedia } from './leg-media.js';
import type { UnderWay, Voice } from './leg-operations.js';
import type { Line } from './line.js';
import type { Logger } from './logger.js';
import { Ongoing } from './ongoing.js';

/** The life of a leg: its states from the first ring to its end, who is told of them, and what it is made of. */
export abstract class LegLife {
  readonly name: LegName;
  readonly uri: string;
  readonly placedByUs: boolean;
  readonly digits: DigitInbox;
  protected readonly host: LegHost;
  protected line: Line | null = null;
  protected carrier: LegMedia | null = null;
  protected earlyMedia = false;
  readonly #ongoing: Ongoing;
  readonly #whenAnswered = new Set<() => void>();
  readonly #whenEnded = new Set<() => void>();
  #state: LegState;
  #cause: CallCause | null = null;
  #endedBy: EndedBy = 'system';
  #settled: Promise<void> | null = null;

  constructor(host: LegHost, setup: LegSetup) {
    this.host = host;
    this.name = setup.name;
    this.uri = setup.uri;
    this.placedByUs = setup.placedByUs;
    this.#state = setup.placedByUs ? 'calling' : 'incoming';
    this.digits = createDigitQueue(host.clock);
    this.#ongoing = new Ongoing(host.clock);
  }

  /** What hears it must let go. */
  protected abstract ending(): void;

  get callId(): string {
    return this.host.callId;
  }
  get workspaceId(): string {
    return this.host.workspaceId;
  }
  get clock(): Clock {
    return this.host.clock;
  }
  get logger(): Logger {
    return this.host.logger;
  }
  get recordings(): RecordingStore {
    return this.host.recordings;
  }
  get rooms(): ConferenceRooms {
    return this.host.rooms;
  }
  get ended(): boolean {
    return this.#state === 'ended';
  }
  get media(): LegMedia {
    if (!this.carrier) throw channelError('call.not-answered', { leg: this.name });
    return this.carrier;
  }

  tell(event: ChannelEvent): void {
    this.host.tell(event);
  }

  audio(prompt: Prompt, voice: Voice): Promise<readonly PromptAudio[]> {
    return this.host.audio(prompt, voice);
  }

  watch<T>(underWay: UnderWay<T>): void {
    this.#ongoing.watch(underWay);
  }

  get state(): LegState {
    return this.#state;
  }

  get cause(): CallCause | null {
    return this.#cause;
  }

  get endedBy(): EndedBy {
    return this.#endedBy;
  }

  get codec(): string | null {
    return this.hasAudio ? (this.carrier?.agreed?.codec ?? null) : null;
  }

  get onHold(): boolean {
    return this.isAnswered && (this.carrier?.heldByUs === true || this.carrier?.heldByFarEnd === true);
  }

  get hasAudio(): boolean {
    return this.isAnswered || (this.#state === 'ringing' && this.earlyMedia);
  }

  get isAnswered(): boolean {
    return this.#state === 'answered' || this.#state === 'held';
  }

  setState(to: LegState): void {
    const from = this.#state;
    if (from === to || from === 'ended') return;
    this.#state = to;
    this.tell({ name: 'leg.state-changed', leg: this.name, from, to });
    this.host.legChanged(this);
  }

  onAnswered(task: () => void): () => void {
    this.#whenAnswered.add(task);
    return () => this.#whenAnswered.delete(task);
  }

  /** Told at once when the leg ends, before its end is told to the world. */
  onEnded(task: () => void): () => void {
    this.#whenEnded.add(task);
    return () => this.#whenEnded.delete(task);
  }

  protected tellAnswered(): void {
    for (const task of [...this.#whenAnswered]) task();
  }

  /** Ends it; what is under way settles first (at most 90 ms), then its end is told. The line was released by who calls this. */
  end(cause: CallCause, by: EndedBy): Promise<void> {
    this.#settled ??= this.#end(cause, by);
    return this.#settled;
  }

  /** Ends it from our side: releases the line as well. */
  release(hangUp: HangUpCause, cause: CallCause): Promise<void> {
    if (this.ended) return this.end(cause, 'system');
    // The cause is ours to say: the line only hears that it is over.
    const ended = this.end(cause, 'system');
    this.line?.release(hangUp);
    return ended;
  }

  async #end(cause: CallCause, by: EndedBy): Promise<void> {
    const from = this.#state;
    this.#state = 'ended';
    this.#cause = cause;
    this.#endedBy = by;
    for (const task of [...this.#whenEnded]) task();
    this.host.legEnding(this, cause, by);
    this.#ongoing.expectEnd();
    this.ending();
    this.carrier?.close();
    this.digits.close();
    await this.#ongoing.settled();
    this.tell({ name: 'leg.state-changed', leg: this.name, from, to: 'ended' });
    this.tell({ name: 'leg.ended', leg: this.name, cause });
    this.host.legEnded(this);
  }

  protected whenOver(task: () => void): () => void {
    const stops = [this.onAnswered(task), this.onEnded(task)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  protected requireLife(): void {
    if (this.ended) throw channelError('call.gone', { leg: this.name });
  }

  protected requireAudio(): void {
    this.requireLife();
    if (!this.hasAudio || !this.carrier) throw channelError('call.not-answered', { leg: this.name });
  }
}
