import { Topic, type Unsubscribe } from '@callwright/kernel';
import type { PromptAudio } from '@callwright/channel-contract';
import type { FaxDesk } from './fax/fax-desk.js';
import type { FaxEvent } from './fax/worker/protocol.js';
import type {
  FaxMediaRequest,
  MediaEvent,
  MediaParameters,
  MediaSession,
  MediaStats,
  RecordRequest,
  T38Transport,
} from './port.js';
import type { Loan } from './worker/protocol.js';
import type { StreamPosition } from './worker/rtp-output.js';
import { notOneWorker } from '../errors.js';
import type { Conferences } from './conferences.js';
import type { PromptCache } from './prompt-cache.js';
import type { WorkerThread } from './worker-thread.js';

export const NOT_LENT = 'Fax is off: it needs raw sockets, which only Linux has.';

/** A session as the main thread sees it: says what is wanted to the worker that does it, and tells what the worker tells. */
export class SessionHandle implements MediaSession {
  readonly id: number;
  readonly localPort: number;
  readonly worker: WorkerThread;
  readonly #prompts: PromptCache;
  readonly #conferences: Conferences;
  readonly #faxes: FaxDesk;
  readonly #topic = new Topic<MediaEvent>();
  /** What must tell its end even when the worker cannot any more. */
  readonly #underWay = new Map<string, MediaEvent>();
  #codec: MediaParameters['codec'] = 'PCMU';
  /** The fax that has, or is about to get, our socket. */
  #fax: FaxMediaRequest | null = null;
  #open = true;
  #faxStopped = false;
  #lastStats: MediaStats | null = null;

  constructor(
    id: number,
    localPort: number,
    worker: WorkerThread,
    prompts: PromptCache,
    conferences: Conferences,
    faxes: FaxDesk,
  ) {
    this.id = id;
    this.localPort = localPort;
    this.worker = worker;
    this.#prompts = prompts;
    this.#conferences = conferences;
    this.#faxes = faxes;
  }

  async stats(): Promise<MediaStats> {
    return this.#lastStats ?? (await this.worker.stats(this.id));
  }

  configure(parameters: MediaParameters): void {
    this.#codec = parameters.codec;
    this.worker.post({ type: 'configure', session: this.id, parameters });
    this.#faxes.configure(this.id, parameters);
  }

  answered(): void {
    this.worker.post({ type: 'answered', session: this.id });
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

  hold(audio: readonly PromptAudio[] | null): void {
    this.worker.post({ type: 'hold', session: this.id, parts: audio && this.#shared(audio) });
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

  overhear(on: boolean): void {
    this.worker.post({ type: 'overhear', session: this.id, on });
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
    this.worker.post({ type: 'bridge', session: this.id, other: this.#neighbour(other) });
  }

  listenTo(other: MediaSession): void {
    this.worker.post({ type: 'listen-to', session: this.id, other: this.#neighbour(other) });
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

  startFax(request: FaxMediaRequest): void {
    if (!this.#open || this.#fax) return;
    this.#fax = request;
    this.#underWay.set(`fax ${request.id}`, {
      type: 'fax-ended',
      id: request.id,
      end: null,
      message: 'the media worker died',
    });
    this.worker.post({ type: 'lend', session: this.id });
  }

  carryFax(id: number, t38: T38Transport | null): void {
    if (this.#fax?.id !== id) return;
    if (this.#faxes.has(this.id)) this.#faxes.carry(this.id, t38);
    else this.#fax = { ...this.#fax, t38 };
  }

  stopFax(id: number, how: 'stopped' | 'hung-up'): void {
    if (this.#fax?.id !== id) return;
    if (this.#faxes.has(this.id)) this.#faxes.stop(this.id, how);
    else this.#faxStopped = true;
  }

  listenForFax(on: boolean): void {
    this.worker.post({ type: 'listen-for-fax', session: this.id, on });
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#conferences.leave(this);
    // The socket is closed when nobody else uses it any more.
    if (this.#fax) this.stopFax(this.#fax.id, 'hung-up');
    else this.worker.post({ type: 'close', session: this.id });
  }

  /** The worker has let go of the socket, or cannot. */
  lent(loan: Loan | null): void {
    const request = this.#fax;
    if (!request) return;
    const over = !loan || this.#faxStopped;
    if (over) {
      const message = loan ? {} : { message: NOT_LENT };
      this.#tellFax(request.id, { type: 'fax-ended', end: null, ...message });
      return this.#faxReturned(loan?.position ?? null);
    }
    this.#faxes.begin(this.id, loan, request, {
      heard: (event) => this.#tellFax(request.id, event),
      returned: (position) => this.#faxReturned(position),
    });
  }

  #tellFax(id: number, event: FaxEvent): void {
    this.hear({ ...event, id });
  }

  #faxReturned(position: StreamPosition | null): void {
    this.#fax = null;
    this.#faxStopped = false;
    this.worker.post({ type: 'take-back', session: this.id, position });
    if (!this.#open) this.worker.post({ type: 'close', session: this.id });
  }

  /** The worker tells. */
  hear(event: MediaEvent): void {
    if (event.type === 'play-ended') this.#underWay.delete(`play ${event.id}`);
    if (event.type === 'record-ended') this.#underWay.delete(`record ${event.id}`);
    if (event.type === 'fax-ended') this.#underWay.delete(`fax ${event.id}`);
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

  #neighbour(other: MediaSession): number {
    if (!(other instanceof SessionHandle) || other.worker !== this.worker) throw notOneWorker();
    return other.id;
  }

  #shared(audio: readonly PromptAudio[]) {
    return audio.map((part) => this.#prompts.get(part, this.#codec));
  }
}
