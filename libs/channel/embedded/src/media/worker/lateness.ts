/** Sub-ticks of the last five seconds. */
const REMEMBERED = 1000;

/** How late the turns of this worker begin. */
export class Lateness {
  readonly #ms = new Float32Array(REMEMBERED);
  #next = 0;
  #count = 0;

  note(ms: number): void {
    this.#ms[this.#next] = ms;
    this.#next = (this.#next + 1) % REMEMBERED;
    if (this.#count < REMEMBERED) this.#count++;
  }

  /** In ms; 0 when nothing is known. */
  get p99(): number {
    if (this.#count === 0) return 0;
    const sorted = this.#ms.slice(0, this.#count).sort();
    return sorted[Math.min(this.#count - 1, Math.floor(this.#count * 0.99))]!;
  }
}
