import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallwrightError } from '@callwright/kernel';
import { cacheFailed } from '../errors.js';

/*
 * A file: "CWP1", the number of samples (32 bit, little-endian), SHA-256 of the samples, the samples (16 bit, as this machine has them).
 * It is written under another name and renamed, so that a reader sees all of it or nothing; what is not whole is thrown away.
 */
const MAGIC = 'CWP1';
const HEADER_BYTES = 40;
const SUFFIX = '.pcm';
const UNFINISHED = '.part';
const ABANDONED_AFTER_MS = 3_600_000;

interface Entry {
  readonly bytes: number;
  usedAt: number;
}

export interface DiskCacheOptions {
  readonly directory: string;
  readonly limitBytes: number;
  readonly onProblem: (problem: CallwrightError) => void;
}

/** Samples by key in a folder. It helps and never hinders: a full or broken disk is reported and means "not there". */
export class DiskCache {
  readonly #options: DiskCacheOptions;
  #index: Promise<Map<string, Entry>> | undefined;

  constructor(options: DiskCacheOptions) {
    this.#options = options;
  }

  async get(key: string): Promise<Int16Array | undefined> {
    const index = await this.#opened();
    const entry = index.get(key);
    if (!entry) return undefined;
    const path = this.#path(key);
    const bytes = await this.#try(`read ${path}`, () => readFile(path));
    const pcm = bytes && decode(bytes);
    if (!pcm) {
      index.delete(key);
      await this.#try(`remove ${path}`, () => rm(path, { force: true }));
      return undefined;
    }
    entry.usedAt = Date.now();
    // Tells the next process what was used last.
    await this.#try(`touch ${path}`, () => utimes(path, new Date(entry.usedAt), new Date(entry.usedAt)));
    return pcm;
  }

  async set(key: string, pcm: Int16Array): Promise<void> {
    const bytes = encode(pcm);
    if (bytes.length > this.#options.limitBytes) return;
    const index = await this.#opened();
    const path = this.#path(key);
    const part = join(this.#options.directory, `${randomUUID()}${UNFINISHED}`);
    const written = await this.#try(`write ${path}`, async () => {
      try {
        await writeFile(part, bytes);
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      return true;
    });
    if (!written) return;
    index.delete(key);
    index.set(key, { bytes: bytes.length, usedAt: Date.now() });
    await this.#shrink(index);
  }

  #path(key: string): string {
    return join(this.#options.directory, key + SUFFIX);
  }

  #opened(): Promise<Map<string, Entry>> {
    return (this.#index ??= this.#scan());
  }

  async #scan(): Promise<Map<string, Entry>> {
    const { directory } = this.#options;
    const index = new Map<string, Entry>();
    await this.#try(`open ${directory}`, async () => {
      await mkdir(directory, { recursive: true });
      for (const name of await readdir(directory)) {
        const path = join(directory, name);
        const facts = await this.#try(`look at ${path}`, () => stat(path));
        if (!facts?.isFile()) continue;
        if (name.endsWith(SUFFIX)) {
          index.set(name.slice(0, -SUFFIX.length), { bytes: facts.size, usedAt: facts.mtimeMs });
        } else if (name.endsWith(UNFINISHED) && Date.now() - facts.mtimeMs > ABANDONED_AFTER_MS) {
          await this.#try(`remove ${path}`, () => rm(path, { force: true }));
        }
      }
    });
    await this.#shrink(index);
    return index;
  }

  async #shrink(index: Map<string, Entry>): Promise<void> {
    let bytes = 0;
    for (const entry of index.values()) bytes += entry.bytes;
    if (bytes <= this.#options.limitBytes) return;
    for (const [key, entry] of [...index].sort(([, one], [, other]) => one.usedAt - other.usedAt)) {
      if (bytes <= this.#options.limitBytes) break;
      index.delete(key);
      bytes -= entry.bytes;
      await this.#try(`remove ${this.#path(key)}`, () => rm(this.#path(key), { force: true }));
    }
  }

  async #try<T>(what: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      this.#options.onProblem(cacheFailed(`The prompt cache could not ${what}.`, error));
      return undefined;
    }
  }
}

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function encode(pcm: Int16Array): Buffer {
  const samples = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(pcm.length, 4);
  digest(samples).copy(header, 8);
  return Buffer.concat([header, samples]);
}

function decode(bytes: Buffer): Int16Array | undefined {
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, 4) !== MAGIC) return undefined;
  const samples = bytes.subarray(HEADER_BYTES);
  if (samples.length !== bytes.readUInt32LE(4) * 2 || !digest(samples).equals(bytes.subarray(8, HEADER_BYTES)))
    return undefined;
  // A copy begins at an even place.
  return new Int16Array(new Uint8Array(samples).buffer);
}
