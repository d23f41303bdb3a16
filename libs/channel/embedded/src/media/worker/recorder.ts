import { FRAME_MS, FRAME_SAMPLES, mixInto, VoiceActivity } from '@callwright/media';
import type { RecordRequest } from '../port.js';
import { WavFile } from './wav-file.js';

/** A key is known some time after its tone began: so much is held back, and left out when the key ends the recording. */
const HELD_FRAMES = 5;

export type RecordCause = 'silence' | 'max' | 'terminator' | 'stopped';

export interface RecordOutcome {
  readonly cause: RecordCause | 'failed';
  readonly durationMs: number;
  readonly bytes: number;
  readonly audioDetected: boolean;
  readonly message?: string;
}

/** One recording: a frame a tick, come what may, so that its length is that of the time that passed. */
export class Recorder {
  readonly request: RecordRequest;
  /** Kept when the file is closed and the end was told. */
  readonly closed: Promise<void>;
  readonly #file: WavFile;
  readonly #activity = new VoiceActivity();
  readonly #channels: 1 | 2;
  readonly #held: Int16Array[] = [];
  readonly #onEnd: (outcome: RecordOutcome) => void;
  #frames = 0;
  #quietFrames = 0;
  #audioDetected = false;
  #ended = false;
  #close!: (cause: RecordCause) => void;

  constructor(request: RecordRequest, onEnd: (outcome: RecordOutcome) => void) {
    this.request = request;
    this.#onEnd = onEnd;
    this.#channels = request.both && request.stereo ? 2 : 1;
    this.#file = new WavFile(request.path, this.#channels);
    this.closed = new Promise<RecordCause>((resolve) => (this.#close = resolve)).then((cause) => this.#finish(cause));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** A turn: what the far end said and, when both sides are recorded, what it heard (null: nothing). */
  hear(heard: Int16Array, said: Int16Array | null): void {
    if (this.#ended) return;
    const frame = this.#held.length === HELD_FRAMES ? this.#release() : new Int16Array(FRAME_SAMPLES * this.#channels);
    const active = this.#activity.hear(heard);
    if (this.#channels === 2) interleave(heard, said, frame);
    else {
      frame.set(heard);
      if (said) mixInto(frame, said);
    }
    this.#held.push(frame);
    this.#frames++;
    this.#quietFrames = active ? 0 : this.#quietFrames + 1;
    this.#audioDetected ||= active;
    const { maxMs, silenceMs } = this.request;
    if (this.#file.failure !== null) this.end('stopped');
    else if (this.#frames * FRAME_MS >= maxMs) this.end('max');
    else if (silenceMs > 0 && this.#quietFrames * FRAME_MS >= silenceMs) this.end('silence');
  }

  /** A key went down. */
  keyDown(digit: string): void {
    if (!this.#ended && this.request.terminators.includes(digit)) {
      this.#held.length = 0;
      this.end('terminator');
    }
  }

  end(cause: RecordCause): void {
    if (this.#ended) return;
    this.#ended = true;
    while (this.#held.length > 0) this.#release();
    this.#close(cause);
  }

  async #finish(cause: RecordCause): Promise<void> {
    const { samples, bytes, failure } = await this.#file.finish();
    const durationMs = (samples / FRAME_SAMPLES) * FRAME_MS;
    const audioDetected = this.#audioDetected;
    this.#onEnd(
      failure === null
        ? { cause, durationMs, bytes, audioDetected }
        : { cause: 'failed', durationMs, bytes, audioDetected, message: failure },
    );
  }

  /** The oldest frame held back goes to the file; its memory can be used again. */
  #release(): Int16Array {
    const frame = this.#held.shift()!;
    this.#file.append(frame);
    return frame;
  }
}

/** Left and right in turn; no right is silence. */
function interleave(left: Int16Array, right: Int16Array | null, into: Int16Array): void {
  for (let n = 0; n < left.length; n++) {
    into[2 * n] = left[n]!;
    into[2 * n + 1] = right ? right[n]! : 0;
  }
}
