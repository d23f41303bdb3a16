import { Topic, type Unsubscribe } from '@callwright/kernel';
import type { PromptAudio } from '@callwright/channel-contract';
import type { MediaEvent, MediaParameters, MediaSession, MediaStats, RecordRequest } from './port.js';
import { notOneWorker } from '../errors.js';
import type { Conferences } from './conferences.js';
import type { PromptCache } from './prompt-cache.js';
import type { WorkerThread } from './worker-thread.js';

/** A session as the main thread sees it: says what is wanted to the worker that does it, and tells what the worker tells. */
export class SessionHandle implements MediaSession {
  readonly id: number;
  readonly localPort: number;
  readonly worker: WorkerThread;
  readonly #prompts: PromptCache;
  readonly #conferences: Conferences;
  readonly #topic = new Topic<MediaEvent>();
  /** What must tell its end even when the worker cannot any more. */
  readonly #underWay = new Map<string, MediaEvent>();
  #codec: MediaParameters['codec'] = 'PCMU';
  #open = true;
  #lastStats: MediaStats | null = null;

  constructor(id: number, localPort: number, worker: WorkerThread, prompts: PromptCache, conferences: Conferences) {
    this.id = id;
    this.localPort = localPort;
    this.worker = worker;
    this.#prompts = prompts;
    this.#conferences = conferences;
  }

  async stats(): Promise<MediaStats> {
    return this.#lastStats ?? (await this.worker.stats(this.id));
  }

  configure(parameters: MediaParameters): void {
    this.#codec = parameters.codec;
    this.worker.post({ type: 'configure', session: this.id, parameters });
  }

  subscribe(listener: (event: MediaEvent) => void): Unsubscribe {
    return this.#topic.subscribe(listener);
  }

  play(request: {
    readonly id: number;
    readonly audio: readonly PromptAudio[];
    readonly loop: number;
    readonly bargeIn: boolean;
  }): void {
    if (!this.#open) return;
    const { id, loop, bargeIn } = request;
    this.#underWay.set(`play ${id}`, { type: 'play-ended', id, reason: 'stopped', playedMs: 0 });
    this.worker.post({ type: 'play', session: this.id, id, parts: this.#shared(request.audio), loop, bargeIn });
  }

  stopPlay(id: number): void {
    this.worker.post({ type: 'stop-play', session: this.id, id });
  }

  record(request: RecordRequest): void {
    if (!this.#open) return;
    const { id } = request;
    this.#underWay.set(`record ${id}`, {
      type: 'record-ended',
      id,
      cause: 'failed',
      durationMs: 0,
      bytes: 0,
      audioDetected: false,
      message: 'the media worker died',
    });
    this.worker.post({ type: 'record', session: this.id, request });
  }

  stopRecord(id: number): void {
    this.worker.post({ type: 'stop-record', session: this.id, id });
  }

  sendDigits(request: {
    readonly id: number;
    readonly digits: string;
    readonly durationMs: number;
    readonly gapMs: number;
  }): void {
    if (!this.#open) return;
    this.#underWay.set(`digits ${request.id}`, { type: 'digits-sent', id: request.id });
    this.worker.post({ type: 'send-digits', session: this.id, ...request });
  }

  cancelDigits(id: number): void {
    this.worker.post({ type: 'cancel-digits', session: this.id, id });
  }

  bridge(other: MediaSession): void {
    if (!(other instanceof SessionHandle) || other.worker !== this.worker) throw notOneWorker();
    this.worker.post({ type: 'bridge', session: this.id, other: other.id });
  }

  unbridge(): void {
    this.worker.post({ type: 'unbridge', session: this.id });
  }

  join(room: string, options: { readonly talk: boolean; readonly listen: boolean }): void {
    if (this.#open) this.#conferences.join(this, room, options);
  }

  setTalk(talk: boolean): void {
    this.worker.post({ type: 'set-talk', session: this.id, talk });
  }

  leave(): void {
    this.#conferences.leave(this);
  }

  playToRoom(room: string, audio: readonly PromptAudio[]): void {
    // Rooms do not know codecs: one of them is as good as the other.
    this.#conferences.play(
      this,
      room,
      audio.map((part) => this.#prompts.get(part, 'PCMU')),
    );
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#conferences.leave(this);
    this.worker.post({ type: 'close', session: this.id });
  }

  /** The worker tells. */
  hear(event: MediaEvent): void {
    if (event.type === 'play-ended') this.#underWay.delete(`play ${event.id}`);
    if (event.type === 'record-ended') this.#underWay.delete(`record ${event.id}`);
    if (event.type === 'digits-sent') this.#underWay.delete(`digits ${event.id}`);
    if (event.type === 'media-failed') this.#end();
    this.#topic.publish(event);
  }

  /** The worker has closed it: these are its last figures. */
  closed(stats: MediaStats): void {
    this.#lastStats = stats;
    this.#end();
  }

  /** The worker died. */
  fail(message: string): void {
    this.#lastStats ??= {
      packetsSent: 0,
      packetsReceived: 0,
      packetsLost: 0,
      jitterMs: 0,
      roundTripMs: null,
      lockedTo: null,
    };
    for (const event of this.#underWay.values()) this.#topic.publish(event);
    this.#underWay.clear();
    this.hear({ type: 'media-failed', message });
  }

  #end(): void {
    this.#open = false;
    this.#conferences.leave(this);
  }

  #shared(audio: readonly PromptAudio[]) {
    return audio.map((part) => this.#prompts.get(part, this.#codec));
  }
}
