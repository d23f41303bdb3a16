import { FRAME_SAMPLES } from '@callwright/media';

/** Frames that may wait on the way: one to be in step, the others for a worker that is late. */
const CAPACITY = 4;
const HEADER_BYTES = 8;
const WRITTEN = 0;
const READ = 1;

export const LANE_BYTES = HEADER_BYTES + CAPACITY * FRAME_SAMPLES * 2;

/** Hands frames from one thread to another through shared memory, without a message: one writes, one reads, nobody waits. */
export class FrameLane {
  readonly #counters: Int32Array;
  readonly #frames: Int16Array;

  constructor(memory: SharedArrayBuffer) {
    this.#counters = new Int32Array(memory, 0, 2);
    this.#frames = new Int16Array(memory, HEADER_BYTES);
  }

  /** Lost when nobody takes them. */
  push(frame: Int16Array): void {
    const written = Atomics.load(this.#counters, WRITTEN);
    if (((written - Atomics.load(this.#counters, READ)) | 0) >= CAPACITY) return;
    const at = (written & (CAPACITY - 1)) * FRAME_SAMPLES;
    for (let n = 0; n < FRAME_SAMPLES; n++) this.#frames[at + n] = frame[n]!;
    Atomics.store(this.#counters, WRITTEN, (written + 1) | 0);
  }

  /** The next frame; false when there is none. What has piled up is left out, so that it does not become delay. */
  take(into: Int16Array): boolean {
    const written = Atomics.load(this.#counters, WRITTEN);
    let read = Atomics.load(this.#counters, READ);
    const waiting = (written - read) | 0;
    if (waiting <= 0) return false;
    if (waiting > 2) read = (written - 1) | 0;
    const at = (read & (CAPACITY - 1)) * FRAME_SAMPLES;
    for (let n = 0; n < FRAME_SAMPLES; n++) into[n] = this.#frames[at + n]!;
    Atomics.store(this.#counters, READ, (read + 1) | 0);
    return true;
  }
}
