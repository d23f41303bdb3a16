/**
 * A limit for each source: `burst` at once, `perSecond` in the long run. Remembers a bounded number of sources; the one that was
 * silent longest is forgotten first, which only ever is to its advantage.
 */
export class TokenBuckets {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #most: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(limit: { perSecond: number; burst: number; sources?: number }) {
    this.#perSecond = limit.perSecond;
    this.#burst = limit.burst;
    this.#most = limit.sources ?? 10_000;
  }

  /** Takes one token; false when there is none. */
  take(source: string, now: number): boolean {
    const bucket = this.#filled(source, now);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Whether there is a token, without taking it. */
  has(source: string, now: number): boolean {
    // Who never took one has them all, and is not worth remembering.
    return !this.#buckets.has(source) || this.#filled(source, now).tokens >= 1;
  }

  #filled(source: string, now: number): { tokens: number; at: number } {
    let bucket = this.#buckets.get(source);
    if (bucket) this.#buckets.delete(source);
    else bucket = { tokens: this.#burst, at: now };
    bucket.tokens = Math.min(this.#burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * this.#perSecond);
    bucket.at = now;
    this.#buckets.set(source, bucket);
    if (this.#buckets.size > this.#most) this.#buckets.delete(this.#buckets.keys().next().value!);
    return bucket;
  }
}
