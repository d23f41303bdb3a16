import { readFile, stat } from 'node:fs/promises';
import { beep, FRAME_SAMPLES, inspectWav, VoiceActivity, WAV_HEADER_BYTES, wavHeader } from '@callwright/media';
import type { MediaEvent, RecordRequest } from '@callwright/channel-embedded/calls';
import { writeFile } from 'node:fs/promises';
import type { AudioCourier } from './courier.js';
import type { Endpoint } from './endpoint.js';

type RecordEnded = Extract<MediaEvent, { type: 'record-ended' }>;
type Cause = RecordEnded['cause'];

export interface RecordingParts {
  readonly endpoint: Endpoint;
  readonly courier: AudioCourier;
  readonly tell: (event: MediaEvent) => void;
}

/** What FreeSWITCH says when silence has ended a recording, after speech or without any. */
const SILENCE = new Set(['success-silence', 'no-input-timeout']);
/** How long after it was told to stop FreeSWITCH may take to close the file. */
const CLOSE_MS = 1_000;

/** One recording on one leg: written by FreeSWITCH, then brought to where the host wants it. */
export class LegRecording {
  readonly request: RecordRequest;
  readonly place: string;
  readonly #parts: RecordingParts;
  #why: Cause | null = null;
  #running = false;
  #ended = false;
  #stopLimit: () => void = () => undefined;
  #closed!: () => void;
  /** The end was told. */
  readonly done: Promise<void>;

  constructor(request: RecordRequest, parts: RecordingParts) {
    this.request = request;
    this.place = parts.courier.recordingPlace();
    this.#parts = parts;
    this.done = new Promise((resolve) => (this.#closed = resolve));
    this.#begin().catch((error: unknown) => this.#fail(String(error)));
  }

  get ended(): boolean {
    return this.#ended;
  }

  stop(cause: Cause = 'stopped'): void {
    if (this.#ended || this.#why) return;
    this.#why = cause;
    this.#stopLimit();
    const { endpoint } = this.#parts;
    if (!this.#running) return void this.#collect();
    endpoint.tell('uuid_record', endpoint.uuid, 'stop', this.place);
    const timer = setTimeout(() => void this.#collect(), CLOSE_MS);
    this.#stopLimit = () => clearTimeout(timer);
  }

  /** FreeSWITCH has closed the file. */
  closed(completion: string | null | undefined): void {
    this.#why ??= SILENCE.has(completion ?? '') && !this.#parts.endpoint.closed ? 'silence' : 'stopped';
    void this.#collect();
  }

  async #begin(): Promise<void> {
    const { endpoint, courier } = this.#parts;
    const { beep: beeps, both, stereo, silenceMs, maxMs } = this.request;
    if (beeps) {
      const path = await courier.bring({ key: 'beep', parts: [beep().pcm], times: 1 });
      await endpoint.execute('playback', path);
    }
    if (this.#why) return;
    this.#running = true;
    const silence = `RECORD_INITIAL_TIMEOUT_MS=${silenceMs},RECORD_FINAL_TIMEOUT_MS=${silenceMs}`;
    const variables = [
      // A thread of its own loses what it has not written yet when it is stopped.
      'RECORD_USE_THREAD=false',
      // Otherwise 25 frames are kept back to begin with, and lost when the recording is that short.
      'RECORD_PRE_BUFFER_FRAMES=0',
      ...(both ? (stereo ? ['RECORD_STEREO=true'] : []) : ['RECORD_READ_ONLY=true']),
      ...(silenceMs > 0 ? [silence] : []),
    ];
    await endpoint.command('uuid_record', endpoint.uuid, 'start', this.place, 0, `{${variables.join(',')}}`);
    if (this.#why) return endpoint.tell('uuid_record', endpoint.uuid, 'stop', this.place);
    const timer = setTimeout(() => this.stop('max'), Math.min(maxMs, 2 ** 31 - 1));
    this.#stopLimit = () => clearTimeout(timer);
  }

  async #collect(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopLimit();
    const { path, both, stereo } = this.request;
    try {
      // A recording of nothing has no file.
      if (!this.#running || !(await exists(this.place))) await writeFile(path, wavHeader(0, both && stereo ? 2 : 1));
      else await this.#parts.courier.collect(this.place, path);
      this.#tell({ cause: this.#why ?? 'stopped', ...(await examined(path)) });
    } catch (error) {
      this.#tell({ cause: 'failed', durationMs: 0, bytes: 0, audioDetected: false, message: String(error) });
    }
  }

  #fail(message: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopLimit();
    this.#tell({ cause: 'failed', durationMs: 0, bytes: 0, audioDetected: false, message });
  }

  #tell(end: Omit<RecordEnded, 'type' | 'id'>): void {
    this.#parts.tell({ type: 'record-ended', id: this.request.id, ...end });
    this.#closed();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Length and whether somebody spoke, judged as our own engine judges it. */
async function examined(path: string): Promise<Pick<RecordEnded, 'durationMs' | 'bytes' | 'audioDetected'>> {
  const bytes = await readFile(path);
  if (bytes.length <= WAV_HEADER_BYTES) return { durationMs: 0, bytes: bytes.length, audioDetected: false };
  const { format, durationMs } = inspectWav(bytes);
  return { durationMs: Math.round(durationMs), bytes: bytes.length, audioDetected: hasVoice(bytes, format.channels) };
}

/** Of two channels the left one is the far end's. */
function hasVoice(bytes: Buffer, channels: number): boolean {
  const activity = new VoiceActivity();
  const frame = new Int16Array(FRAME_SAMPLES);
  const step = 2 * channels;
  for (let at = WAV_HEADER_BYTES; at + FRAME_SAMPLES * step <= bytes.length; at += FRAME_SAMPLES * step) {
    for (let n = 0; n < FRAME_SAMPLES; n++) frame[n] = bytes.readInt16LE(at + n * step);
    if (activity.hear(frame)) return true;
  }
  return false;
}
