import { faxUnavailable, type DigitMethod, type PromptAudio } from '@callwright/channel-contract';
import type {
  Logger,
  MediaEvent,
  MediaParameters,
  MediaSession,
  MediaStats,
  RecordRequest,
} from '@callwright/channel-embedded/calls';
import { bugError } from '@callwright/kernel';
import { notSupported } from '../errors.js';
import type { EslEvent } from '../packages.js';
import type { AudioCourier } from './courier.js';
import { farEndSdp } from './description.js';
import type { Endpoint } from './endpoint.js';
import { Playing, type PlayRequest } from './playing.js';
import { LegRecording } from './recording.js';
import { Rooms } from './rooms.js';
import { Stay } from './stay.js';

export interface FreeswitchSessionParts {
  readonly endpoint: Endpoint;
  readonly courier: AudioCourier;
  readonly rooms: Rooms;
  readonly logger: Logger;
  /** What FreeSWITCH was told of the far end when the endpoint was made. */
  readonly parameters: MediaParameters;
  readonly closed: () => void;
}

export const NO_FAX = 'Fax is not there yet with TELEPHONY=drachtio; use the embedded engine for faxes.';

const METHODS: Readonly<Record<string, DigitMethod>> = { RTP: 'rfc4733', INBAND_AUDIO: 'in-band', ENDPOINT: 'info' };
const SAMPLES_PER_MS = 8;

/** The media of one leg, in FreeSWITCH. */
export class FreeswitchSession implements MediaSession {
  readonly localPort: number;
  readonly #parts: FreeswitchSessionParts;
  readonly #listeners = new Set<(event: MediaEvent) => void>();
  readonly #recordings = new Set<LegRecording>();
  readonly #sending = new Set<number>();
  /** Digits that wait for the end of the prompt that they ended. */
  readonly #late: MediaEvent[] = [];
  #known: string;
  #version = 1;
  #configured: Promise<void> = Promise.resolve();
  #playing: Playing | null = null;
  #bridged: FreeswitchSession | null = null;
  #stay: Stay | null = null;
  #onHold = false;
  #closed = false;

  constructor(parts: FreeswitchSessionParts) {
    this.#parts = parts;
    this.localPort = parts.endpoint.mediaPort;
    this.#known = farEndSdp(parts.parameters, 0);
    const { endpoint } = parts;
    endpoint.onDigit(({ dtmf, duration, source }) => this.#pressed(dtmf, Number(duration) / SAMPLES_PER_MS, source));
    endpoint.onEvent('PLAYBACK_START', () => this.#playing?.started());
    endpoint.onEvent('RECORD_STOP', (event) => this.#recordStopped(event));
    endpoint.onEvent('CUSTOM', (event) => this.#conferenceEvent(event));
    endpoint.onGone((reason) => this.#gone(reason));
  }

  get endpoint(): Endpoint {
    return this.#parts.endpoint;
  }

  /** Settles when FreeSWITCH has taken over what was configured last. */
  get configured(): Promise<void> {
    return this.#configured;
  }

  configure(agreed: MediaParameters): void {
    // Without music of hold there is silence, whatever else is played meanwhile.
    const parameters: MediaParameters = this.#onHold ? { ...agreed, direction: 'inactive' } : agreed;
    const known = farEndSdp(parameters, 0);
    if (known === this.#known || this.#closed) return;
    this.#known = known;
    this.#version += 1;
    const sdp = farEndSdp(parameters, this.#version);
    this.#configured = this.#configured
      .then(() => this.endpoint.modify(sdp))
      .catch((error: unknown) => {
        if (!this.#closed) this.#tell({ type: 'media-failed', message: String(error) });
      });
  }

  subscribe(listener: (event: MediaEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  answered(): void {
    // FreeSWITCH sends and counts silence from the moment at which the endpoint is made.
  }

  hold(music: readonly PromptAudio[] | null): void {
    this.#onHold = music !== null;
  }

  stats(): Promise<MediaStats> {
    return Promise.reject(notSupported('Figures of the media'));
  }

  play(request: PlayRequest): void {
    this.#playing?.stop('stopped');
    const { endpoint, courier, logger } = this.#parts;
    const playing = new Playing(request, {
      endpoint,
      courier,
      tell: (event) => {
        if (event.type === 'play-ended' && this.#playing === playing) this.#playing = null;
        this.#tell(event);
        // Who waits for the prompt tells its end first.
        if (event.type === 'play-ended' && this.#late.length > 0) setImmediate(() => this.#tellLate());
      },
      failed: (error) => {
        if (!this.#closed) logger.error('A prompt could not be played.', { leg: endpoint.uuid, error: String(error) });
      },
    });
    this.#playing = playing.ended ? null : playing;
  }

  stopPlay(id: number): void {
    if (this.#playing?.request.id === id) this.#playing.stop('stopped');
  }

  record(request: RecordRequest): void {
    const { endpoint, courier } = this.#parts;
    const recording = new LegRecording(request, { endpoint, courier, tell: (event) => this.#tell(event) });
    this.#recordings.add(recording);
    void recording.done.then(() => this.#recordings.delete(recording));
  }

  stopRecord(id: number): void {
    for (const recording of this.#recordings) if (recording.request.id === id) recording.stop();
  }

  overhear(on: boolean): void {
    if (on) throw notSupported('Listening to a leg');
  }

  sendDigits({ id, digits, durationMs, gapMs }: Parameters<MediaSession['sendDigits']>[0]): void {
    this.#sending.add(id);
    void this.#sendDigits(id, [...digits], durationMs, gapMs);
  }

  cancelDigits(id: number): void {
    if (this.#sending.delete(id)) this.#tell({ type: 'digits-sent', id });
  }

  bridge(other: MediaSession): void {
    if (!(other instanceof FreeswitchSession))
      throw bugError('freeswitch.not-supported', 'Only legs in FreeSWITCH can be bridged');
    this.#bridged = other;
    other.#bridged = this;
    this.endpoint.command('uuid_bridge', this.endpoint.uuid, other.endpoint.uuid).catch((error: unknown) => {
      if (!this.#closed) this.#tell({ type: 'media-failed', message: String(error) });
    });
  }

  listenTo(): void {
    // No line of this adapter says that there is early media of the far end.
    throw notSupported('Hearing a far end before it answers');
  }

  unbridge(): void {
    const other = this.#bridged;
    if (!other) return;
    this.#bridged = null;
    other.#bridged = null;
    // Who is alone is parked by FreeSWITCH itself.
    if (!this.#closed && !other.#closed)
      this.endpoint.tell('uuid_transfer', this.endpoint.uuid, '-both', 'park', 'inline');
  }

  join(room: string, { talk, listen }: { readonly talk: boolean; readonly listen: boolean }): void {
    this.#stay = new Stay(room, talk, this.#parts);
    this.#stay.enter(listen);
  }

  setTalk(talk: boolean): void {
    this.#stay?.setTalk(talk);
  }

  leave(): void {
    this.#stay?.leave();
    this.#stay = null;
  }

  playToRoom(room: string, audio: readonly PromptAudio[]): void {
    const { courier, rooms, logger } = this.#parts;
    const name = Rooms.nameOf(room);
    courier
      .bring({ key: audio.map(({ key }) => key).join('\n'), parts: audio.map(({ pcm }) => pcm), times: 1 })
      .then((path) => {
        for (const { endpoint, number } of rooms.others(name, this.endpoint))
          endpoint.tell('conference', name, 'play', path, number);
      })
      .catch((error: unknown) => logger.error('A room could not hear an announcement.', { error: String(error) }));
  }

  startFax(): void {
    throw faxUnavailable(NO_FAX);
  }
  carryFax(): void {
    throw faxUnavailable(NO_FAX);
  }
  stopFax(): void {
    throw faxUnavailable(NO_FAX);
  }
  listenForFax(on: boolean): void {
    if (on) throw faxUnavailable(NO_FAX);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.unbridge();
    this.leave();
    this.#playing?.cut();
    for (const id of [...this.#sending]) this.cancelDigits(id);
    const recordings = [...this.#recordings];
    for (const recording of recordings) recording.stop();
    // A recording is closed before its leg is, so that nothing of it is lost.
    void Promise.all(recordings.map(({ done }) => done)).then(async () => {
      await this.endpoint.close();
      this.#parts.closed();
    });
  }

  async #sendDigits(id: number, digits: readonly string[], durationMs: number, gapMs: number): Promise<void> {
    for (const [index, digit] of digits.entries()) {
      if (!this.#sending.has(id)) return;
      this.endpoint.tell('uuid_send_dtmf', this.endpoint.uuid, `${digit}@${durationMs}`);
      const last = index === digits.length - 1;
      await new Promise((resolve) => setTimeout(resolve, durationMs + (last ? 0 : gapMs)));
    }
    this.cancelDigits(id);
  }

  #pressed(digit: string, durationMs: number, source: string): void {
    if (this.#closed) return;
    const event: MediaEvent = {
      type: 'digit',
      digit,
      method: METHODS[source] ?? 'rfc4733',
      durationMs: Math.max(1, Math.round(durationMs)),
    };
    const stops = this.#playing?.request.bargeIn === true;
    if (!stops && this.#late.length === 0) return this.#tell(event);
    // A key ends a prompt when it goes down, and is a digit when it is let go; FreeSWITCH tells the second alone.
    this.#late.push(event);
    if (stops) this.#playing?.stop('barge-in');
  }

  #tellLate(): void {
    for (const event of this.#late.splice(0)) this.#tell(event);
  }

  #recordStopped(event: EslEvent): void {
    const place = event.getHeader('Record-File-Path');
    for (const recording of this.#recordings)
      if (recording.place === place) recording.closed(event.getHeader('Record-Completion-Cause'));
  }

  #conferenceEvent(event: EslEvent): void {
    if (event.getHeader('Event-Subclass') !== 'conference::maintenance') return;
    const number = event.getHeader('Member-ID');
    if (event.getHeader('Action') === 'add-member' && number) this.#stay?.entered(number);
  }

  /** FreeSWITCH itself has ended the leg, or has died. */
  #gone(reason: string | undefined): void {
    if (this.#closed) return;
    if (reason === 'MEDIA_TIMEOUT') this.#tell({ type: 'media-silent', ms: Infinity });
    else this.#tell({ type: 'media-failed', message: `FreeSWITCH has ended the leg: ${reason ?? 'it is gone'}` });
  }

  #tell(event: MediaEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
