import { open, type FileHandle } from 'node:fs/promises';
import { messageOf } from '@callwright/kernel';
import { FRAME_SAMPLES, WAV_HEADER_BYTES, wavHeader, writeSamples } from '@callwright/media';

/** Written at once: a second. */
const CHUNK_FRAMES = 50;
/** A disk that falls behind by so much (four minutes of one recording) has failed. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

export interface WavResult {
  /** Of one channel. */
  readonly samples: number;
  readonly bytes: number;
  /** Why it is not whole, or null. */
  readonly failure: string | null;
}

/** Writes a WAV file without ever waiting for the disk: frames are gathered, chunks are written behind the caller's back. */
export class WavFile {
  readonly #path: string;
  readonly #channels: 1 | 2;
  readonly #chunkBytes: number;
  #samples = 0;
  #written = 0;
  #waitingBytes = 0;
  #chunk: Buffer;
  #filled = 0;
  #failure: string | null = null;
  #file: FileHandle | null = null;
  #work: Promise<void>;

  constructor(path: string, channels: 1 | 2) {
    this.#path = path;
    this.#channels = channels;
    this.#chunkBytes = CHUNK_FRAMES * FRAME_SAMPLES * 2 * channels;
    this.#chunk = Buffer.allocUnsafe(this.#chunkBytes);
    this.#work = this.#guard(async () => {
      this.#file = await open(this.#path, 'w');
      await this.#file.write(wavHeader(0, channels), 0, WAV_HEADER_BYTES, 0);
    });
  }

  /** Why the file cannot be written, as soon as that is known. */
  get failure(): string | null {
    return this.#failure;
  }

  /** The samples of 20 ms, of two channels in turn. */
  append(frame: Int16Array): void {
    if (this.#failure !== null) return;
    writeSamples(frame, this.#chunk, this.#filled);
    this.#filled += frame.length * 2;
    this.#samples += frame.length / this.#channels;
    if (this.#filled + frame.length * 2 > this.#chunkBytes) this.#flush();
  }

  /** Writes what is left and puts the length into the header. */
  async finish(): Promise<WavResult> {
    if (this.#filled > 0) this.#flush();
    const samples = this.#samples;
    this.#work = this.#guard(async () => {
      await this.#file?.write(wavHeader(samples, this.#channels), 0, WAV_HEADER_BYTES, 0);
    });
    await this.#work;
    try {
      await this.#file?.close();
    } catch (error) {
      this.#failure ??= messageOf(error);
    }
    return { samples, bytes: WAV_HEADER_BYTES + this.#written, failure: this.#failure };
  }

  #flush(): void {
    const chunk = this.#chunk.subarray(0, this.#filled);
    this.#chunk = Buffer.allocUnsafe(this.#chunkBytes);
    this.#filled = 0;
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes > MAX_WAITING_BYTES) {
      this.#failure ??= 'the disk is too slow';
      return;
    }
    this.#work = this.#guard(async () => {
      await this.#file?.write(chunk, 0, chunk.length, WAV_HEADER_BYTES + this.#written);
      this.#written += chunk.length;
      this.#waitingBytes -= chunk.length;
    });
  }

  /** One step after the other; after a failure none. */
  async #guard(step: () => Promise<void>): Promise<void> {
    const before = this.#work as Promise<void> | undefined;
    await before;
    if (this.#failure !== null) return;
    try {
      await step();
    } catch (error) {
      this.#failure = messageOf(error);
    }
  }
}
