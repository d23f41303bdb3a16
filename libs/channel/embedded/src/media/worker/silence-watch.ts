/** Told once when nothing has come for so long, before the limit of the engine. */
const FIRST_MS = 5000;

/** Notices that a far end has gone silent: not that nobody speaks, but that no packet comes. */
export class SilenceWatch {
  readonly #limitMs: number;
  readonly #onSilent: (ms: number) => void;
  #since: number | null = null;
  #told = 0;

  constructor(limitMs: number, onSilent: (ms: number) => void) {
    this.#limitMs = limitMs;
    this.#onSilent = onSilent;
  }

  /** Whether the far end is to send anything (on hold it need not). */
  expect(expected: boolean, now: number): void {
    if (expected && this.#since === null) this.heard(now);
    if (!expected) this.#since = null;
  }

  /** What was before does not count, if anything is expected at all. */
  restart(now: number): void {
    if (this.#since !== null) this.heard(now);
  }

  heard(now: number): void {
    this.#since = now;
    this.#told = 0;
  }

  tick(now: number): void {
    if (this.#since === null) return;
    const ms = now - this.#since;
    if (this.#told < FIRST_MS && ms >= FIRST_MS && FIRST_MS < this.#limitMs) this.#tell(FIRST_MS);
    if (this.#told < this.#limitMs && ms >= this.#limitMs) this.#tell(this.#limitMs);
  }

  #tell(ms: number): void {
    this.#told = ms;
    this.#onSilent(ms);
  }
}
