/** Keeps the samples that were used last, up to a number of bytes. */
export class MemoryCache {
  readonly #entries = new Map<string, Int16Array>();
  readonly #limitBytes: number;
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): Int16Array | undefined {
    const pcm = this.#entries.get(key);
    if (pcm) {
      // A Map remembers the order of insertion: what was used last stands last.
      this.#entries.delete(key);
      this.#entries.set(key, pcm);
    }
    return pcm;
  }

  set(key: string, pcm: Int16Array): void {
    this.#remove(key);
    if (pcm.byteLength > this.#limitBytes) return;
    this.#entries.set(key, pcm);
    this.#bytes += pcm.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limitBytes) break;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#bytes -= this.#entries.get(key)?.byteLength ?? 0;
    this.#entries.delete(key);
  }
}
