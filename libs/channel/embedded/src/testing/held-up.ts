const EVERY_MS = 10;
/** No rule of the conformance suite looks back further. */
const REMEMBERED_MS = 20_000;

/** How late a timer of this process came lately: what other processes take from a test that judges real time. */
export class HeldUp {
  readonly #late: { readonly at: number; readonly ms: number }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #due = 0;

  start(): void {
    this.#due = performance.now() + EVERY_MS;
    this.#timer = setTimeout(() => this.#look(), EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** The sum of the two worst delays, in ms: one may have met the far end, the other us. */
  get worstMs(): number {
    const [first = 0, second = 0] = this.#late.map(({ ms }) => ms).sort((a, b) => b - a);
    return first + second;
  }

  #look(): void {
    const now = performance.now();
    while (this.#late[0] && this.#late[0].at < now - REMEMBERED_MS) this.#late.shift();
    const ms = now - this.#due;
    if (ms > EVERY_MS) this.#late.push({ at: now, ms });
    this.start();
  }
}
